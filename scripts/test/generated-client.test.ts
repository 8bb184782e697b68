import { createLogger } from "@stoplight/prism-core";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { createServer } from "@stoplight/prism-http-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { CsmsApiError, CsmsInputError } from "../../packages/client/src/runtime/errors.ts";
import { CsmsClient } from "./fixture/generated/client.ts";
import { FIXTURE, toFile } from "./fixture.ts";

let prism: ReturnType<typeof createServer>;
let client: CsmsClient;
let authorization: Record<string, string>;
let prefer: Record<string, string>;
const sent: string[] = [];
const tokens: (string | null)[] = [];

beforeAll(async () => {
  prism = createServer(await getHttpOperationsFromSpec(toFile(FIXTURE.contract)), {
    cors: false,
    components: { logger: createLogger("prism", { level: "silent" }) },
    config: {
      isProxy: false,
      errors: true,
      checkSecurity: true,
      validateRequest: true,
      validateResponse: true,
      mock: { dynamic: false },
      upstreamProxy: undefined,
    },
  });
  client = new CsmsClient({
    endpoint: await prism.listen(0, "127.0.0.1"),
    projectId: "p1",
    credentials: { authorize: () => authorization },
    maxRetries: 0,
    fetch: async (url, init) => {
      const { pathname, search } = new URL(url);
      tokens.push(new Headers(init.headers).get("x-auth-token"));
      const headers = ["x-rate", "init", "content-type"].flatMap((name) => new Headers(init.headers).get(name) ?? []);
      const body = init.body ? await new Response(init.body).text() : "";
      sent.push([init.method, pathname + decodeURIComponent(search), ...headers, body].filter(Boolean).join(" "));
      return fetch(url, { ...init, headers: { ...init.headers, ...prefer } });
    },
  });
});
afterAll(() => prism.close());
beforeEach(() => {
  sent.length = 0;
  tokens.length = 0;
  authorization = { "X-Auth-Token": "token" };
  prefer = {};
});

test("path, query and header parameters arrive as the contract says, whatever their names", async () => {
  const page = await client.listThings({
    "page[after]": "t0",
    limit: 2,
    "filter[name]": "a",
    kind: 'it\'s "quoted"',
    tag: ["a", "b"],
    size: { min: 1, max: 2 },
    "x-rate": 2.5,
  });
  expect(page.found.things.map(({ id }) => id)).toEqual(["t1", "t2"]);
  expect(sent).toEqual([
    'GET /v1/p1/things?page[after]=t0&limit=2&filter[name]=a&kind=it\'s "quoted"&tag=a&tag=b&size[min]=1&size[max]=2 2.5',
  ]);
});

test("a paged operation is iterated", async () => {
  const kinds: (string | null)[] = [];
  for await (const { kind } of client.listThings()) kinds.push(kind);
  expect(kinds).toEqual(["small", null]);
  expect(sent).toEqual(["GET /v1/p1/things"]);
});

test.for([
  [200, { id: "t1", kind: "small" }],
  [201, { name: "new" }],
  [204, undefined],
] as const)("each of several success statuses gives its own body: %i", async ([status, body]) => {
  prefer = { prefer: `code=${status}` };
  const { data, response } = await client.createThing({ body: { name: "a", "x-rate": 1 } }).withResponse();
  expect(response.status).toBe(status);
  expect(data).toEqual(body);
  expect(sent).toEqual(['POST /v1/p1/things application/json {"name":"a","x-rate":1}']);
});

test("an optional body is sent when it is given", async () => {
  const thing = { class: "big", id: "a/b", init: 12 } as const;
  expect(await client.replace_thing(thing)).toMatchObject({ id: "t1", note: null });
  await client.replace_thing({ ...thing, "dry-run": true, body: { name: "b" } });
  expect(sent).toEqual([
    "PUT /v1/things/big/a%2Fb 12",
    'PUT /v1/things/big/a%2Fb?dry-run=true 12 application/json {"name":"b"}',
  ]);
});

test("an operation with a status that has no body gives undefined", async () => {
  expect(await client.delete({ class: "small", id: "..." })).toBeUndefined();
});

test("an operation with no parameters, and one with only optional ones, need no argument", async () => {
  expect(await client.healthReadNow()).toEqual([{ ok: true }]);
  expect(await client.matches()).toEqual({ things: [] });
  expect(await client.matches({ all: "yes" })).toEqual({ things: [] });
  expect(sent).toEqual(["GET /v1/health", "GET /v1/search", "GET /v1/search?all=yes"]);
});

test("an operation with other security takes what its credentials give", async () => {
  await expect(client.touch()).rejects.toThrow(CsmsApiError);
  authorization = { "X-Key": "key", authorization: "Basic YTpi" };
  expect(await client.touch()).toBeUndefined();
});

test("credentials are not told of a refusal that was not theirs", async () => {
  let refusals = 0;
  const credentials = { authorize: () => authorization, refused: () => ++refusals > 0 };
  const refusing = new CsmsClient({
    endpoint: "http://127.0.0.1:1",
    credentials,
    fetch: async () => new Response("", { status: 401 }),
  });
  await expect(refusing.healthReadNow()).rejects.toMatchObject({ status: 401 });
  expect(refusals).toBe(0);
});

test("an operation without security is sent no credentials", async () => {
  await client.matches();
  await client.healthReadNow();
  expect(tokens).toEqual(["token", null]);
});

// Each is refused by the types, too: scripts are checked with them.
test.for<[string, () => PromiseLike<unknown>]>([
  // @ts-expect-error
  ['kind must be one of big, small, it\'s "quoted", got "huge"', () => client.listThings({ kind: "huge" })],
  // @ts-expect-error
  ["body must be given, got undefined", () => client.createThing({})],
  // @ts-expect-error
  ["colour is unknown: there are ", () => client.matches({ colour: "red" })],
  // @ts-expect-error
  ["colour is unknown: there are none", () => client.healthReadNow({ colour: "red" })],
  // @ts-expect-error
  ["id must be given, got undefined", () => client.delete({ class: "big" })],
  // @ts-expect-error
  ['dry-run must be true or false, got "yes"', () => client.delete({ class: "big", id: "t1", "dry-run": "yes" })],
])("%s", async ([message, call]) => {
  await expect(call()).rejects.toThrow(CsmsInputError);
  await expect(call()).rejects.toThrow(message);
  expect(sent).toEqual([]);
});

test.for<[string, () => PromiseLike<unknown>]>([
  ["limit must be an integer from 1 to 100, got 0", () => client.listThings({ limit: 0 })],
  ["filter[name] must be text of 0 to 8 characters", () => client.listThings({ "filter[name]": "123456789" })],
  ["x-rate must be a number of at least 0.5, got 0.1", () => client.listThings({ "x-rate": 0.1 })],
  ['project_id must be text that matches ^[a-z0-9]+$, got ".."', () => client.listThings({ project_id: ".." })],
  ["init must match ^\\d+$, got -1", () => client.replace_thing({ class: "big", id: "t1", init: -1 })],
  ['code must be text that matches ^a*$, got "b"', () => client.matches({ code: "b" })],
  ['code must be text of 0 to 2 characters, got "aaa"', () => client.matches({ code: "aaa" })],
  ["share must be above 0, got 0", () => client.matches({ share: 0 })],
  ["share must be below 1, got 1", () => client.matches({ share: 1 })],
  ["step must be an integer from 1 to 19, got 20", () => client.matches({ step: 20 })],
  ["step must be a multiple of 5, got 7", () => client.matches({ step: 7 })],
  ["digits must be an integer from 1 to 99, got 0", () => client.matches({ digits: 0 })],
  ['digits must be an integer from 1 to 99, got "07"', () => client.matches({ digits: "07" })],
  ["year must match ^.{4,4}$, got 999", () => client.matches({ year: 999 })],
  ['year must match ^-?\\d+$, got "year"', () => client.matches({ year: "year" })],
  ["tag must be a list of 0 to 2 items", () => client.listThings({ tag: ["a", "b", "c"] })],
  ["tag must hold items that each be text", () => client.listThings({ tag: [""] })],
  ["page[after] must be used together with limit", () => client.listThings({ "page[after]": "t0" })],
  ...["", ".", ".."].map((id): [string, () => PromiseLike<unknown>] => [
    `id must be more than nothing or dots, got "${id}"`,
    () => client.delete({ class: "big", id }),
  ]),
])("%s, though the types let it through", async ([message, call]) => {
  await expect(call()).rejects.toThrow(CsmsInputError);
  await expect(call()).rejects.toThrow(message);
  expect(sent).toEqual([]);
});
