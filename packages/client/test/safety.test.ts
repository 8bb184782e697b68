import { format, inspect } from "node:util";
import { describe, expect, test, vi } from "vitest";
import {
  accessKeyCredentials,
  type Credentials,
  CsmsClient,
  type CsmsClientOptions,
  environmentCredentials,
  type FetchLike,
  iamCredentials,
  type LogEntry,
  type Middleware,
  tokenCredentials,
} from "../src/index.ts";
import {
  type Answer,
  connect,
  PROJECT_ID,
  page,
  type Received,
  reasonOf,
  reply,
  reset,
  type Server,
  serve,
  stall,
  useShortestWaits,
} from "./servers.ts";

useShortestWaits();

const bytes = (length: number, step: number) =>
  Buffer.from(Array.from({ length }, (_, i) => (i * i * step + i * 13 + step) % 256)).toString("base64");
// As IAM gives them: base64, with the characters that JSON, HTML and URLs escape.
const TOKEN = `MIIF+/${bytes(140, 7)}+/==`;
const KEY = {
  accessKeyId: "AKEXAMPLE0123456789X",
  secretAccessKey: `sk+/${bytes(30, 11)}`,
  securityToken: `ST+/${bytes(100, 17)}+/==`,
};
const PASSWORD = 'correct-horse"battery\\staple/<é>';

const SECRETS = [TOKEN, KEY.secretAccessKey, KEY.securityToken, PASSWORD];

/** All that a program could print of a value. */
function renderings(value: unknown): string {
  const shown = [
    format("%s %o %O %j", value, value, value, value),
    inspect(value, { depth: Infinity, showHidden: true, getters: true, showProxy: true, maxStringLength: null }),
    String(JSON.stringify(value)),
    String(value),
  ];
  if (value instanceof Error) shown.push(value.message, `${value.stack}`);
  const { cause } = Object(value);
  return shown.join("\n") + (cause === undefined ? "" : `\n${renderings(cause)}`);
}

/** Holds that no 12 characters of a secret stand in any rendering of the values. */
function expectHidden(values: unknown[], secrets: string[] = SECRETS): void {
  const shown = values.map(renderings).join("\n");
  // JSON and inspect escape some characters: what they show is looked at as it was, too.
  const text = `${shown}\n${shown.replaceAll("\\\\", "\\").replaceAll('\\"', '"')}`;
  const pieces = secrets.flatMap((secret) =>
    Array.from({ length: Math.max(1, secret.length - 11) }, (_, start) => secret.slice(start, start + 12)),
  );
  expect(pieces.filter((piece) => text.includes(piece))).toEqual([]);
}

const CREDENTIALS: Record<string, () => Credentials> = {
  "a token": () => tokenCredentials(async () => TOKEN),
  "an access key": () => accessKeyCredentials(async () => KEY),
};

/** The signatures that a server got are secrets as well. */
const signatures = ({ received }: Server) =>
  received.flatMap(({ headers }) => /Signature=(\w+)/.exec(`${headers.authorization}`)?.[1] ?? []);

/** Calls a server in each way, and returns all that came of it: results, errors, log entries, what middleware saw. */
async function outcomes(server: Server, options: Partial<CsmsClientOptions>): Promise<unknown[]> {
  const seen: unknown[] = [];
  const watch: Middleware = {
    onRequest: ({ request }) => {
      seen.push(request, [...request.headers]);
    },
    onResponse: ({ response }) => {
      seen.push(response, [...response.headers]);
    },
    onError: ({ error }) => {
      seen.push(error);
    },
  };
  const client = connect(server, {
    maxRetries: 0,
    middleware: [watch],
    log: (entry: LogEntry) => seen.push(entry),
    ...options,
  });
  const request = client.listSecrets();
  const settled = await Promise.allSettled([
    request.withResponse(),
    Array.fromAsync(client.listSecrets({ limit: 1 })),
    client.http.GET("/v1/{project_id}/secrets", { params: { path: { project_id: PROJECT_ID } } }),
  ]);
  return [...seen, ...settled.map((result) => ("reason" in result ? result.reason : result.value)), request, client];
}

/** How a server may quote the lines of a request. */
const quotes: Record<string, (lines: string[]) => Parameters<typeof reply>[1]> = {
  "as text": (lines) => lines.join("\n"),
  "in JSON": (lines) => ({ error_code: "APIGW.0301", error_msg: lines.join("\n") }),
  "in nested JSON": (lines) => ({ error: { code: 1, message: lines.join("\n") } }),
  "in JSON of another shape": (lines) => ({ headers: lines }),
  "in JSON that escapes more than it must": (lines) =>
    JSON.stringify({ error_code: "APIGW.0301", error_msg: lines.join("\n") }).replace(
      /[/+=]/g,
      (char) => `\\u00${char.charCodeAt(0).toString(16)}`,
    ),
  "in HTML": (lines) =>
    `<html><pre>${lines.join("\n").replace(/[&<>"'/+=]/g, (char) => `&#${char.charCodeAt(0)};`)}</pre></html>`,
  "cut off": (lines) => lines.map((line) => line.slice(0, 80)).join("\n"),
  "as a code": (lines) => ({ error_code: lines.join(" "), error_msg: "refused" }),
  "as a request id": (lines) => ({ error_code: "APIGW.0301", error_msg: "refused", request_id: lines.join(" ") }),
  "the signature alone": (lines) => /Signature=.*/.exec(lines.join("\n"))?.[0] ?? "no signature",
};

describe.each(Object.entries(CREDENTIALS))("with %s, nothing that is printed shows a credential:", (_, create) => {
  test("client, credentials and requests, before and after a call", async () => {
    await using server = await serve(page(["a"]));
    const credentials = create();
    const client = connect(server, { credentials });
    const requests = [
      client.listSecrets(),
      client.listSecretVersions({ secret_name: "db" }),
      client.listSecrets().pages(),
    ];
    expectHidden([client, client.http, credentials, ...requests]);
    await client.listSecrets();
    await requests[0];
    expectHidden([client, client.http, credentials, ...requests]);
    expect(server.received).toHaveLength(2);
  });

  const failures: Record<string, Answer> = {
    "an answer": page(["a"]),
    "an error status": reply(500, { error_code: "APIGW.0601", error_msg: "Internal server error." }),
    "a reset connection": reset,
    "a timeout": stall,
    "a redirect": reply(302, "", { location: "http://127.0.0.1:9/" }),
    "an answer that is not JSON": reply(200, "<html>"),
    "markers that lead nowhere": page(["a"], "a"),
  };
  test.for(Object.entries(failures))("%s", async ([, answer]) => {
    await using server = await serve(answer);
    const credentials = create();
    const values = await outcomes(server, { credentials, ...(answer === stall && { timeout: 500 }) });
    expect(server.received.length).toBeGreaterThanOrEqual(3);
    expectHidden([...values, credentials], [...SECRETS, ...signatures(server)]);
  });

  test("input that is refused", async () => {
    await using server = await serve(page([]));
    const credentials = create();
    const client = connect(server, { credentials });
    expectHidden([
      await reasonOf(client.listSecrets({ limit: 0 })),
      await reasonOf((async () => connect(server, { credentials, timeout: -1 }))()),
      await reasonOf((async () => connect({ url: "http://example.com" }, { credentials }))()),
      await reasonOf((async () => connect(server, { credentials: TOKEN as unknown as Credentials }))()),
    ]);
  });

  describe.each([200, 400])("a server that answers %i and quotes the request's headers", (status) => {
    test.for(Object.entries(quotes))("%s", async ([, quote]) => {
      // The credentials first: what an error shows of a body is its beginning.
      const first = ({ headers }: Received) => [
        ...Object.entries(headers).filter(([name]) => /token|authorization/.test(name)),
        ...Object.entries(headers),
      ];
      await using server = await serve((response, request) => {
        const lines = first(request).map(([name, value]) => `${name}: ${value}`);
        reply(status, quote(lines))(response, request);
      });
      const values = await outcomes(server, { credentials: create() });
      // A body is the caller's, as sent: what the raw client gives is left out.
      expectHidden(
        values.filter((value) => !Object(value).response),
        [...SECRETS, ...signatures(server)],
      );
    });
  });

  const broken: Record<string, (init: Parameters<FetchLike>[1]) => unknown> = {
    "in its message": ({ headers }) => new TypeError(`invalid header: ${JSON.stringify(headers)}`),
    "in its cause": ({ headers }) =>
      new TypeError("fetch failed", { cause: new Error(`invalid header: ${Object.entries(headers).join("\n")}`) }),
    "in a field": (init) => Object.assign(new Error("Request failed"), { config: init }),
    "as a text": ({ headers }) => `invalid header: ${Object.entries(headers).join("\n")}`,
  };
  test.for(Object.entries(broken))("a fetch that fails and quotes the headers %s", async ([, failure]) => {
    await using server = await serve(page([]));
    const sent: string[] = [];
    const fetch: FetchLike = async (_, init) => {
      sent.push(...(/Signature=(\w+)/.exec(`${init.headers.Authorization}`)?.slice(1) ?? []));
      throw failure(init);
    };
    const values = await outcomes(server, { credentials: create(), fetch });
    expect(values.map(String).join()).toContain("CsmsConnectionError");
    expectHidden(values, [...SECRETS, ...sent]);
  });
});

test("what the raw client says of an answer that is not JSON shows no token", async () => {
  // Of a text, a SyntaxError of V8 quotes the beginning.
  const token = "a-token-of-24-characters";
  await using server = await serve((response, request) => {
    reply(200, `${request.headers["x-auth-token"]}`)(response, request);
  });
  const { http } = connect(server, { credentials: tokenCredentials(token) });
  const error = await reasonOf(http.GET("/v1/{project_id}/secrets", { params: { path: { project_id: PROJECT_ID } } }));
  expect(`${error}`).toContain("is not valid JSON");
  expect(renderings(error)).not.toContain("a-to");
});

test.for(Object.entries(CREDENTIALS))(
  "a search for the project that IAM refuses shows no credential: %s",
  async ([, create]) => {
    const sent: string[] = [];
    const fetch: FetchLike = async (url, { headers }) => {
      sent.push(url, ...(/Signature=(\w+)/.exec(`${headers.Authorization}`)?.slice(1) ?? []));
      return Response.json({ error: { code: 403, message: Object.values(headers).join(" ") } }, { status: 403 });
    };
    const client = new CsmsClient({ region: "cn-north-4", credentials: create(), fetch });
    const error = await reasonOf(client.listSecrets());
    expect(error).toMatchObject({ name: "CsmsApiError", operationId: "KeystoneListProjects", status: 403 });
    const [url = "", ...signatures] = sent;
    expect(url).toContain("/v3/projects");
    expectHidden([error], [...SECRETS, ...signatures]);
  },
);

test("what is no secret of a signed request is shown", async () => {
  await using server = await serve((response, { headers }) => {
    const { authorization = "", "x-project-id": project, "x-sdk-date": date } = headers;
    const [, signed] = /SignedHeaders=([\w;-]+)/.exec(authorization) ?? [];
    reply(400, { error_code: "CSMS.1", error_msg: `${signed} ${project} ${date}` })(response, {} as Received);
  });
  const error = await reasonOf(connect(server, { credentials: accessKeyCredentials(KEY) }).listSecrets());
  expect(`${error}`).toContain("host;x-project-id;x-sdk-date;x-security-token");
  expect(`${error}`).toContain(`${PROJECT_ID} ${server.received[0]?.headers["x-sdk-date"]}`);
});

test("environmentCredentials show nothing", () => {
  vi.stubEnv("HUAWEICLOUD_SDK_AK", KEY.accessKeyId);
  vi.stubEnv("HUAWEICLOUD_SDK_SK", KEY.secretAccessKey);
  vi.stubEnv("HUAWEICLOUD_SDK_SECURITY_TOKEN", KEY.securityToken);
  const credentials = environmentCredentials();
  expectHidden([credentials, connect({ url: "http://localhost" }, { credentials })], [...SECRETS, KEY.accessKeyId]);
});

test("credentials that can't be sent are refused without being shown", async () => {
  await using server = await serve(page([]));
  const unsendable = [
    tokenCredentials(`${TOKEN}\r\nX-Evil: 1`),
    tokenCredentials(async () => `${TOKEN}\n`),
    accessKeyCredentials({ ...KEY, securityToken: `${KEY.securityToken}\n` }),
    accessKeyCredentials({ ...KEY, accessKeyId: `${KEY.accessKeyId}\n` }),
  ];
  for (const credentials of unsendable) {
    const error = await reasonOf(connect(server, { credentials }).listSecrets());
    expect(error).toMatchObject({ name: "CsmsInputError" });
    expectHidden([error], [...SECRETS, KEY.accessKeyId]);
  }
  expect(server.received).toHaveLength(0);
});

describe("iamCredentials", () => {
  const create = (endpoint: string) =>
    iamCredentials({ domain: "the-domain", user: "the-user", password: PASSWORD, project: "the-project", endpoint });
  const token: Answer = reply(
    201,
    { token: { expires_at: "2999-01-01T00:00:00.000000Z" } },
    { "x-subject-token": TOKEN },
  );

  test("client, credentials and results", async () => {
    await using iam = await serve(token);
    await using server = await serve(page(["a"]));
    const credentials = create(iam.url);
    expectHidden([...(await outcomes(server, { credentials })), credentials]);
    expect(server.received[0]?.headers["x-auth-token"]).toBe(TOKEN);
  });

  test("a password that is missing something is not shown", () => {
    expect(() => iamCredentials({ domain: "", user: "u", password: PASSWORD })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("horse") }),
    );
  });

  const quotes: Record<string, (body: string) => Parameters<typeof reply>[1]> = {
    "as it came": (body) => body.slice(body.indexOf('"password":"')),
    "in a message": (body) => ({ error: { code: 400, message: `bad request: ${body}` } }),
    "its password alone": () => ({ error: { code: 400, message: `wrong password ${PASSWORD}` } }),
    "its password alone, as text": () => `wrong password ${PASSWORD}`,
    "in HTML": (body) =>
      `<html>${body.slice(body.indexOf("correct")).replaceAll('"', "&quot;").replaceAll("<", "&lt;")}`,
  };
  describe.each([201, 400])("an IAM that answers %i and quotes the request's body", (status) => {
    test.for(Object.entries(quotes))("%s", async ([, quote]) => {
      await using iam = await serve((response, request) => reply(status, quote(request.body))(response, request));
      await using server = await serve(page([]));
      expectHidden(await outcomes(server, { credentials: create(iam.url) }));
      expect(iam.received.length).toBeGreaterThan(0);
    });
  });

  test("a token in an answer that is not good otherwise", async () => {
    await using iam = await serve(reply(201, { token: {}, note: TOKEN }, { "x-subject-token": TOKEN }));
    await using server = await serve(page([]));
    expectHidden(await outcomes(server, { credentials: create(iam.url) }));
    expect(server.received).toHaveLength(0);
  });

  test("a fetch that fails and quotes the body", async () => {
    await using server = await serve(page([]));
    const fetch: FetchLike = async (_, { body }) => {
      throw new Error(`could not send ${new TextDecoder().decode(body)}`);
    };
    expectHidden(await outcomes(server, { credentials: create("http://127.0.0.1:9"), fetch }));
  });
});

test("these tests see a credential that is shown", () => {
  const client = { credentials: { token: TOKEN } } as unknown as CsmsClient;
  for (const value of [client, new Error("x", { cause: new Error(TOKEN) }), `…${TOKEN.slice(40, 60)}…`]) {
    expect(() => expectHidden([value])).toThrow();
  }
});
