import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import { instanceCredentials } from "../src/node.ts";
import { type Answer, connect, page, reasonOf, reply, type Server, serve, stall, useShortestWaits } from "./servers.ts";

useShortestWaits();
afterEach(() => {
  vi.useRealTimers();
});

const HOUR = 3_600_000;

/** The metadata of an instance: one answer after the other to who asks for a key, and tokens, unless it has none. */
async function serveMetadata(answers: [Answer, ...Answer[]], tokenAnswer?: Answer) {
  let keys = 0;
  let tokens = 0;
  return serve((response, request) => {
    const isToken = request.url === "/meta-data/latest/api/token";
    const answer = isToken
      ? (tokenAnswer ?? reply(200, `token-${++tokens}`))
      : answers[Math.min(keys++, answers.length - 1)];
    answer?.(response, request);
  });
}

const key = (id: string, life = 24 * HOUR): Answer =>
  reply(200, {
    credential: {
      access: id,
      secret: `secret-of-${id}`,
      securitytoken: `token-of-${id}`,
      expires_at: new Date(Date.now() + life).toISOString().replace("Z", "000Z"),
    },
  });
const client = (csms: Server, metadata: Server, options = {}) =>
  connect(csms, { credentials: instanceCredentials({ endpoint: metadata.url }), ...options });
const keysOf = ({ received }: Server) =>
  received.map(({ headers }) => /Access=(\w+)/.exec(headers.authorization ?? "")?.[1]);
const askedOf = ({ received }: Server) => received.map(({ method, url }) => `${method} ${url}`);
const TOKEN = "PUT /meta-data/latest/api/token";
const KEY = "GET /openstack/latest/securitykey";

test("the key is asked for with a metadata token, once for all calls, and signs them", async () => {
  await using csms = await serve(page([]));
  await using metadata = await serveMetadata([key("one")]);
  const csmsClient = client(csms, metadata);
  await Promise.all(Array.from({ length: 20 }, () => csmsClient.listSecrets().withResponse()));
  expect(askedOf(metadata)).toEqual([TOKEN, KEY]);
  expect(metadata.received[0]?.headers["x-metadata-token-ttl-seconds"]).toBe("21600");
  expect(metadata.received[1]?.headers["x-metadata-token"]).toBe("token-1");
  expect(new Set(keysOf(csms))).toEqual(new Set(["one"]));
  expect(csms.received[0]?.headers["x-security-token"]).toBe("token-of-one");
});

test.for([404, 405])("an instance without metadata tokens (%i) is asked without one", async (status) => {
  await using csms = await serve(page([]));
  await using metadata = await serveMetadata([key("one")], reply(status));
  await client(csms, metadata).listSecrets();
  expect(askedOf(metadata)).toEqual([TOKEN, KEY]);
  expect(metadata.received[1]?.headers).not.toHaveProperty("x-metadata-token");
});

test("a metadata token that is stale is asked for anew, once", async () => {
  await using csms = await serve(page([]));
  await using metadata = await serveMetadata([reply(401, "token expired"), key("one"), reply(401, "token expired")]);
  const csmsClient = client(csms, metadata);
  await csmsClient.listSecrets();
  expect(metadata.received.map(({ headers }) => headers["x-metadata-token"])).toEqual([
    undefined,
    "token-1",
    undefined,
    "token-2",
  ]);
  await expect(client(csms, metadata).listSecrets()).rejects.toThrow(/status 401/);
  expect(metadata.received).toHaveLength(8);
});

test("a key is renewed five minutes before it ends, once for all calls", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await using csms = await serve(page([]));
  await using metadata = await serveMetadata([key("one", HOUR), key("two", 3 * HOUR)]);
  const csmsClient = client(csms, metadata);
  const start = Date.now();
  for (const minutes of [0, 54, 56, 61]) {
    vi.setSystemTime(start + minutes * 60_000);
    await Promise.all([csmsClient.listSecrets().withResponse(), csmsClient.listSecrets().withResponse()]);
  }
  expect(keysOf(csms)).toEqual(["one", "one", "one", "one", "two", "two", "two", "two"]);
});

test("a key that the service refuses is asked for anew", async () => {
  await using csms = await serve(reply(401), page([]));
  await using metadata = await serveMetadata([key("one"), key("two")]);
  await client(csms, metadata).listSecrets();
  expect(keysOf(csms)).toEqual(["one", "two"]);
});

test("a renewal that fails is tried again", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await using csms = await serve(page([]));
  await using metadata = await serveMetadata([
    key("one", HOUR),
    reply(503),
    (response) => response.destroy(),
    key("two", 9 * HOUR),
  ]);
  const csmsClient = client(csms, metadata);
  await csmsClient.listSecrets();
  vi.setSystemTime(Date.now() + HOUR);
  await csmsClient.listSecrets();
  expect(keysOf(csms)).toEqual(["one", "two"]);
});

describe("without a key, nothing is sent to the service", () => {
  const failure = async (...answers: [Answer, ...Answer[]]) => {
    await using csms = await serve(page([]));
    await using metadata = await serveMetadata(answers);
    const error = await reasonOf(client(csms, metadata).listSecrets());
    expect(csms.received).toEqual([]);
    return error;
  };

  test("no agency", async () => {
    const error = await failure(reply(401, "Please configure Cloud Service Agency first"));
    expect(error).toMatchObject({ name: "CsmsInputError", message: expect.stringContaining("has no agency") });
  });

  test("no metadata: nothing answers", async () => {
    await using csms = await serve(page([]));
    const credentials = instanceCredentials({ endpoint: "http://127.0.0.1:1" });
    const error = await reasonOf(connect(csms, { credentials }).listSecrets());
    expect(error).toMatchObject({ name: "CsmsConnectionError", message: expect.stringContaining("no metadata here") });
  });

  test("no metadata: it takes longer than 3 seconds", async () => {
    vi.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => {
      expect(milliseconds).toBe(3_000);
      return AbortSignal.abort(new DOMException("too long", "TimeoutError"));
    });
    await using csms = await serve(page([]));
    await using metadata = await serveMetadata([stall], stall);
    const error = await reasonOf(client(csms, metadata).listSecrets());
    expect(error).toMatchObject({ name: "CsmsConnectionError", message: expect.stringContaining("too long") });
  });

  test.for<[string, Answer]>([
    ["another cloud's", reply(404, "<html>")],
    ["an answer without a key", reply(200, { credential: { access: "a" } })],
    ["a key without an end", reply(200, { credential: { access: "a", secret: "hidden-secret" } })],
    ["a redirect", reply(302, "", { location: "http://127.0.0.1:1" })],
  ])("%s", async ([, answer]) => {
    const error = await failure(answer);
    expect(error).toMatchObject({ name: "CsmsResponseError" });
    expect(inspect(error, { depth: null })).not.toContain("hidden-secret");
  });
});

describe("where the metadata may be", () => {
  test.for([
    "http://169.254.169.254",
    "http://169.254.169.254/",
    "http://localhost:8080",
    "https://metadata.example.com",
  ])("%s", (endpoint) => {
    expect(() => instanceCredentials({ endpoint })).not.toThrow();
  });

  test.for([
    "http://169.254.169.253",
    "http://169.254.169.254.example.com",
    "http://169.254.169.254:81",
    "http://169.254.169.254@example.com",
    "http://metadata.example.com",
    "",
  ])("not %s", (endpoint) => {
    expect(() => instanceCredentials({ endpoint })).toThrow(expect.objectContaining({ name: "CsmsInputError" }));
  });
});

test("nothing shows a key", async () => {
  await using csms = await serve(page([]));
  await using metadata = await serveMetadata([key("one")]);
  const credentials = instanceCredentials({ endpoint: metadata.url });
  await connect(csms, { credentials }).listSecrets();
  expect(inspect(credentials, { depth: null, showHidden: true }) + JSON.stringify(credentials)).not.toMatch(/of-one/);
});
