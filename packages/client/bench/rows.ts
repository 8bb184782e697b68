import { fileURLToPath } from "node:url";
import type { paths } from "@csms/types";
import type { UserOptions } from "@huaweicloud/huaweicloud-sdk-core/UserOptions.js";
import { clientFile, generators } from "./peers.ts";
import type { Page } from "./secrets.ts";

/** One way to list secrets. */
export interface Row {
  name: string;
  /** What a program imports. */
  modules: string[];
  /** What a browser's bundle is made of; none when it is not for browsers. */
  bundle?: string;
  /** A program in TypeScript that has a `page`. */
  program?: string;
  connect(endpoint: string): Promise<Connection>;
  /** The same, with those of its options that make it do more, each set once for all calls. */
  connectAsked?(endpoint: string): Promise<Connection>;
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
  modules: string[],
  bundle: string | undefined,
  options: (client: Client) => Promise<Omit<Options, "endpoint">>,
): Row {
  return {
    name: `@csms/client, ${form}`,
    modules,
    ...(bundle && { bundle }),
    program: `import { CsmsClient, type CsmsClientOptions } from ${JSON.stringify(fileURLToPath(dist("index.js")))};
declare const options: CsmsClientOptions;
const page = await new CsmsClient(options).listSecrets();`,
    connect: (endpoint) => connect(endpoint),
    connectAsked: async (endpoint) => connect(endpoint, { contract: (await loadContract()).holdToContract() }),
  };
  async function connect(endpoint: string, more: Partial<Options> = {}): Promise<Connection> {
    const client = await loadClient();
    const csms = new client.CsmsClient({ endpoint, projectId: project_id, ...(await options(client)), ...more });
    return { getPage: (query) => csms.listSecrets(query), readAll: (query) => csms.listSecrets(query) };
  }
}

/** A row of a generator's client. */
function made(
  generator: keyof typeof generators,
  program: string,
  // biome-ignore lint/suspicious/noExplicitAny: what there is only when the benchmarks run.
  connect: (client: any, endpoint: string) => Connection,
): Row {
  const file = clientFile(generator);
  return {
    name: generators[generator].name,
    modules: [file],
    bundle: `export * from ${JSON.stringify(file)}`,
    program,
    connect: async (endpoint) => connect(await import(file), endpoint),
  };
}

const exported = (...names: string[]) =>
  `export { ${names.join(", ")} } from ${JSON.stringify(fileURLToPath(dist("index.js")))}`;

function openapiFetch(more: { redirect?: "error" } = {}): Row["connect"] {
  return async (baseUrl) => {
    const { default: createClient } = await import("openapi-fetch");
    const client = createClient<paths>({ baseUrl, headers, ...more });
    return {
      async getPage({ limit, ...query }) {
        const init = { params: { path: { project_id }, query: { limit: `${limit}`, ...query } } };
        const { data } = await client.GET("/v1/{project_id}/secrets", init);
        return data as Page;
      },
    };
  };
}

function redocly(more: object = {}): Row {
  const program = `import { listSecrets } from "../redocly/client";
const page = await listSecrets({ path: { project_id: "" } });`;
  return made("redocly", program, ({ configure, listSecrets }, serverUrl) => {
    configure({ serverUrl, auth: { apiKey: { token: headers["X-Auth-Token"] } }, ...more });
    return {
      getPage: (query) => listSecrets({ path: { project_id }, query }),
      readAll: (query) => listSecrets.items({ path: { project_id }, query }),
    };
  });
}

function heyApi(generator: "hey-api" | "hey-api-validator", more: object = {}): Row {
  const program = `import { listSecrets } from "../hey-api/sdk.gen";
const { data: page } = await listSecrets({ path: { project_id: "" }, throwOnError: true });`;
  return made(generator, program, ({ client, listSecrets }, baseUrl) => {
    client.setConfig({ baseUrl, auth: headers["X-Auth-Token"], ...more });
    return { getPage: async (query) => (await listSecrets({ path: { project_id }, query })).data };
  });
}

function officialSdk(options: UserOptions = {}): Row["connect"] {
  return async (endpoint) => {
    const { BasicCredentials } = await import("@huaweicloud/huaweicloud-sdk-core");
    const { ClientBuilder } = await import("@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js");
    const client = new ClientBuilder((client) => client)
      .withCredential(new BasicCredentials().withAk("AK").withSk("SK").withProjectId(project_id))
      .withEndpoint(endpoint)
      .withOptions(options)
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
  };
}

/** The first is what the others are measured against. */
export const rows: Row[] = [
  {
    name: "fetch",
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
    modules: ["openapi-fetch"],
    bundle: 'export { default } from "openapi-fetch"',
    program: `import createClient from "openapi-fetch";
import type { paths } from "@csms/types";
const { data: page } = await createClient<paths>().GET("/v1/{project_id}/secrets", { params: { path: { project_id: "" } } });
if (!page) throw new Error();`,
    connect: openapiFetch(),
    connectAsked: openapiFetch({ redirect: "error" }),
  },
  { ...redocly(), connectAsked: redocly({ timeout: 1_000, retry: { retries: 1 } }).connect },
  {
    ...heyApi("hey-api"),
    connectAsked: heyApi("hey-api-validator", { throwOnError: true, redirect: "error" }).connect,
  },
  made(
    "orval",
    `import { listSecrets } from "../orval/client";
const answer = await listSecrets("", { limit: "1" });
if (answer.status !== 200) throw answer;
const page = answer.data;`,
    ({ listSecrets }, endpoint) => {
      Object.assign(globalThis, { endpoint });
      return { getPage: async (query) => (await listSecrets(project_id, query, { headers })).data };
    },
  ),
  {
    // It has no package for this service: its core is called as its other services' packages call it.
    name: "official SDK's core, AK/SK",
    modules: ["@huaweicloud/huaweicloud-sdk-core", "@huaweicloud/huaweicloud-sdk-core/ClientBuilder.js"],
    connect: officialSdk(),
    connectAsked: officialSdk({ axiosRequestConfig: { timeout: 1_000 } }),
  },
  ours("token", [dist("index.js")], exported("CsmsClient", "tokenCredentials"), async (client) => ({
    credentials: client.tokenCredentials("token"),
  })),
  ours("AK/SK", [dist("index.js")], exported("CsmsClient", "accessKeyCredentials"), async (client) => ({
    credentials: client.accessKeyCredentials(accessKey),
  })),
  ours(
    "token, held to the contract",
    [dist("index.js"), dist("contract.js")],
    `${exported("CsmsClient", "tokenCredentials")}; export * from ${JSON.stringify(fileURLToPath(dist("contract.js")))}`,
    async (client) => ({
      credentials: client.tokenCredentials("token"),
      contract: (await loadContract()).holdToContract(),
    }),
  ),
  ours("token, over undici", [dist("index.js"), dist("undici.js")], undefined, async (client) => ({
    credentials: client.tokenCredentials("token"),
    fetch: (await loadUndici()).undiciFetch(),
  })),
  ours("AK/SK, over undici", [dist("index.js"), dist("undici.js")], undefined, async (client) => ({
    credentials: client.accessKeyCredentials(accessKey),
    fetch: (await loadUndici()).undiciFetch(),
  })),
];
