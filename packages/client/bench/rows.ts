import { fileURLToPath } from "node:url";
import type { paths } from "@csms/types";
import { clientFile, generators } from "./peers.ts";
import type { Page } from "./secrets.ts";

/** One way to list secrets. */
export interface Row {
  name: string;
  /** What it does for its caller, in the words of `DOES`; the rest is left to them. */
  does: string;
  /** What a program imports. */
  modules: string[];
  /** What a browser's bundle is made of; none when it is not for browsers. */
  bundle?: string;
  connect(endpoint: string): Promise<Connection>;
}

export interface Connection {
  getPage(query: Query): PromiseLike<Page>;
  /** Every secret; where there is none, the caller follows the markers. */
  readAll?(query: Query): AsyncIterable<{ name: string }>;
}

export interface Query {
  limit: number;
  marker?: string;
}

const project_id = "0123456789abcdef0123456789abcdef";
const headers = { "X-Auth-Token": "token" };
const accessKey = { accessKeyId: "AK", secretAccessKey: "SK" };
const path = (query: Query) => `/v1/${project_id}/secrets?${new URLSearchParams(Object.entries(query))}`;

const dist = (file: string) => new URL(`../dist/${file}`, import.meta.url).href;
const loadClient = (): Promise<typeof import("../src/index.ts")> => import(dist("index.js"));
const loadUndici = (): Promise<typeof import("../src/undici.ts")> => import(dist("undici.js"));
const loadContract = (): Promise<typeof import("../src/contract.ts")> => import(dist("contract.js"));

type Client = typeof import("../src/index.ts");
type Options = import("../src/index.ts").CsmsClientOptions;

/** A row of ours. */
function ours(
  form: string,
  does: string,
  modules: string[],
  bundle: string | undefined,
  options: (client: Client) => Promise<Omit<Options, "endpoint">>,
): Row {
  return {
    name: `@csms/client, ${form}`,
    does,
    modules,
    ...(bundle && { bundle }),
    async connect(endpoint) {
      const client = await loadClient();
      const csms = new client.CsmsClient({ endpoint, projectId: project_id, ...(await options(client)) });
      return { getPage: (query) => csms.listSecrets(query), readAll: (query) => csms.listSecrets(query) };
    },
  };
}
/** A row of a generator's client. */
function made(
  generator: keyof typeof generators,
  does: string,
  // biome-ignore lint/suspicious/noExplicitAny: what there is only when the benchmarks run.
  connect: (client: any, endpoint: string) => Connection["getPage"],
): Row {
  const file = clientFile(generator);
  return {
    name: generators[generator].name,
    does,
    modules: [file],
    bundle: `export * from ${JSON.stringify(file)}`,
    connect: async (endpoint) => ({ getPage: connect(await import(file), endpoint) }),
  };
}

const exported = (...names: string[]) =>
  `export { ${names.join(", ")} } from ${JSON.stringify(fileURLToPath(dist("index.js")))}`;

/** What the words say that tell what a row does. */
export const DOES = {
  types: "parameters and answers of this API are typed",
  input: "wrong parameters are refused before anything is sent",
  errors: "a status that is no success is an error that can be told from others",
  deadline: "a call ends in time, its body included",
  retries: "what may succeed later is sent again",
  pages: "every item is read, page after page",
  signs: "AK/SK",
  contract: "every answer is held to the contract",
};
const ALL = "types, input, errors, deadline, retries, pages";

/** The first is what the others are measured against. */
export const rows: Row[] = [
  {
    name: "fetch",
    does: "",
    modules: [],
    connect: async (endpoint) => ({
      async getPage(query) {
        const response = await fetch(endpoint + path(query), { headers });
        return (await response.json()) as Page;
      },
    }),
  },
  {
    name: "undici's request",
    does: "",
    modules: ["undici"],
    async connect(endpoint) {
      const { request } = await import("undici");
      return {
        async getPage(query) {
          const { body } = await request(endpoint + path(query), { headers });
          return (await body.json()) as Page;
        },
      };
    },
  },
  {
    name: "openapi-fetch",
    does: "types",
    modules: ["openapi-fetch"],
    bundle: 'export { default } from "openapi-fetch"',
    async connect(baseUrl) {
      const { default: createClient } = await import("openapi-fetch");
      const client = createClient<paths>({ baseUrl, headers });
      return {
        async getPage({ limit, ...query }) {
          const init = { params: { path: { project_id }, query: { limit: `${limit}`, ...query } } };
          const { data } = await client.GET("/v1/{project_id}/secrets", init);
          return data as Page;
        },
      };
    },
  },
  made("redocly", "types, errors; asked to: deadline, retries", ({ configure, listSecrets }, serverUrl) => {
    configure({ serverUrl, auth: { apiKey: { token: headers["X-Auth-Token"] } } });
    return (query) => listSecrets({ path: { project_id }, query });
  }),
  made("hey-api", "types; asked to: errors", ({ client, listSecrets }, baseUrl) => {
    client.setConfig({ baseUrl, auth: headers["X-Auth-Token"] });
    return async (query) => (await listSecrets({ path: { project_id }, query })).data;
  }),
  made("orval", "types", ({ listSecrets }, endpoint) => {
    Object.assign(globalThis, { endpoint });
    return async (query) => (await listSecrets(project_id, query, { headers })).data;
  }),
  {
    name: "official SDK's core, AK/SK",
    does: "errors, signs",
    modules: ["@huaweicloud/huaweicloud-sdk-core", "@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js"],
    async connect(endpoint) {
      const { BasicCredentials } = await import("@huaweicloud/huaweicloud-sdk-core");
      const { ClientBuilder } = await import("@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js");
      const client = new ClientBuilder((client) => client)
        .withCredential(new BasicCredentials().withAk("AK").withSk("SK").withProjectId(project_id))
        .withEndpoint(endpoint)
        .build();
      return {
        getPage: async (queryParams) =>
          (await client.sendRequest({
            method: "GET",
            url: "/v1/{project_id}/secrets",
            contentType: "application/json",
            pathParams: { project_id },
            queryParams,
            headers: {},
          })) as Page,
      };
    },
  },
  ours("token", ALL, [dist("index.js")], exported("CsmsClient", "tokenCredentials"), async (client) => ({
    credentials: client.tokenCredentials("token"),
  })),
  ours(
    "AK/SK",
    `${ALL}, signs`,
    [dist("index.js")],
    exported("CsmsClient", "accessKeyCredentials"),
    async (client) => ({
      credentials: client.accessKeyCredentials(accessKey),
    }),
  ),
  ours(
    "token, held to the contract",
    `${ALL}, contract`,
    [dist("index.js"), dist("contract.js")],
    `${exported("CsmsClient", "tokenCredentials")}; export * from ${JSON.stringify(fileURLToPath(dist("contract.js")))}`,
    async (client) => ({
      credentials: client.tokenCredentials("token"),
      contract: (await loadContract()).holdToContract(),
    }),
  ),
  ours("token, over undici", ALL, [dist("index.js"), dist("undici.js")], undefined, async (client) => ({
    credentials: client.tokenCredentials("token"),
    fetch: (await loadUndici()).undiciFetch(),
  })),
  ours("AK/SK, over undici", `${ALL}, signs`, [dist("index.js"), dist("undici.js")], undefined, async (client) => ({
    credentials: client.accessKeyCredentials(accessKey),
    fetch: (await loadUndici()).undiciFetch(),
  })),
];
