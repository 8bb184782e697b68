import { createHmac, hash } from "node:crypto";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { send, sendAsIs, startFixture, things } from "./fixture.ts";

const verify = { accessKeyId: "AK", secretAccessKey: "SK" };
const mock = await startFixture({ verify });
const { host } = new URL(mock.url);
const now = Date.UTC(2026, 0, 2, 3, 4, 5);
beforeEach(() => {
  mock.reset();
  vi.useFakeTimers({ toFake: ["Date"], now });
});
afterEach(() => vi.useRealTimers());
afterAll(() => mock.close());

interface Parts {
  method: string;
  path: string;
  query: string;
  headers: string[];
  names: string;
  payload: string;
  date: string;
  secret: string;
  access: string;
}

/** Signs as the service describes it; a part that is given is signed instead of the right one. */
function sign(parts: Partial<Parts>): Record<string, string> {
  const date = parts.date ?? "20260102T030405Z";
  const { method = "GET", path = `${things}/`, query = "", secret = "SK", access = "AK" } = parts;
  const { headers = [`host:${host}`, `x-sdk-date:${date}`], payload = hash("sha256", "") } = parts;
  const names = parts.names ?? headers.map((header) => header.split(":")[0]).join(";");
  const canonical = [method, path, query, ...headers, "", names, payload].join("\n");
  const text = ["SDK-HMAC-SHA256", date, hash("sha256", canonical)].join("\n");
  const signature = createHmac("sha256", secret).update(text).digest("hex");
  const Authorization = `SDK-HMAC-SHA256 Access=${access}, SignedHeaders=${names}, Signature=${signature}`;
  return { "X-Sdk-Date": date, Authorization };
}

const messageOf = async (headers: Record<string, string>, path = things) => {
  const { status, body, violations } = await send(mock, path, { headers });
  expect(status).toBe(401);
  expect(body).toMatchObject({ error_code: "APIGW.0301" });
  expect(violations).toMatchObject([{ location: ["request"], severity: "Error", code: 401 }]);
  return mock.requests[0]?.violations[0]?.message;
};

test.each<[string, Partial<Parts>]>([
  [things, {}],
  [`${things}?tag=b&limit=1&tag=a`, { query: "limit=1&tag=a&tag=b" }],
  [`${things}?tag=a%20b%2A*~`, { query: "tag=a%20b%2A%2A~" }],
  [`${things}?tag=a+b`, { query: "tag=a%20b" }],
  ["/v1/p1/things/%61/parts/7", { path: "/v1/p1/things/a/parts/7/" }],
])("a right signature is taken: %s", async (path, parts) => {
  expect(await send(mock, path, { headers: sign(parts) })).toMatchObject({ status: 200, violations: [] });
});

test("a signature of a body is taken", async () => {
  const body = '{"name":"new"}';
  const headers = { "Content-Type": "application/json", ...sign({ method: "POST", payload: hash("sha256", body) }) };
  expect((await send(mock, things, { method: "POST", body, headers })).status).toBe(201);
});

test("a token needs no signature", async () => {
  expect((await send(mock, things)).status).toBe(200);
});

describe("what differs is told", () => {
  test.each<[Partial<Parts>, string]>([
    [{ path: things }, "end the path with a slash"],
    [{ query: "" }, "sign the query, too"],
    [{ query: "tag=b&limit=1" }, "sort the query by name"],
    [{ headers: ["host:127.0.0.1", "x-sdk-date:20260102T030405Z"] }, "sign the host with its port"],
    [{ payload: "" }, "sign the SHA-256 of the body, even of an empty one"],
    [{ payload: "UNSIGNED-PAYLOAD" }, "sign the SHA-256 of the body, even of an empty one"],
    [{ secret: "other" }, "compare the canonical request, and the secret access key"],
  ])("%j", async (parts, todo) => {
    const message = await messageOf(sign({ query: "limit=1&tag=b", ...parts }), `${things}?tag=b&limit=1`);
    const right = ["GET", `${things}/`, "limit=1&tag=b", `host:${host}`, "x-sdk-date:20260102T030405Z", ""];
    const canonical = JSON.stringify([...right, "host;x-sdk-date", hash("sha256", "")].join("\n"));
    expect(message).toBe(`The signature differs: ${todo}. It is of ${canonical}.`);
  });

  test("of a path that needs encoding", async () => {
    const path = "/v1/p1/things/a%2Ab/parts/7";
    for (const signed of ["/v1/p1/things/a*b/parts/7/", "/v1/p1/things/a%252Ab/parts/7/"]) {
      mock.reset();
      const { violations } = await send(mock, path, { headers: sign({ path: signed }) });
      expect(violations[0]?.message).toContain("encode the path once, segment by segment");
    }
  });

  test("of a body", async () => {
    const headers = { "Content-Type": "application/json", ...sign({ method: "POST" }) };
    const { violations } = await send(mock, things, { method: "POST", body: '{"name":"new"}', headers });
    expect(violations[0]?.message).toContain("The signature differs: sign the SHA-256 of the body.");
  });

  test.each([
    [
      { Authorization: "Bearer x" },
      /^Authorization must be "SDK-HMAC-SHA256 Access=<key>, SignedHeaders=<names;…>, Sig/,
    ],
    [sign({ access: "OTHER" }), /^The access key is OTHER, and should be AK\.$/],
    [{ ...sign({}), "X-Security-Token": "t" }, /^X-Security-Token is sent, and the key has none\.$/],
    [sign({ headers: [`host:${host}`] }), /^SignedHeaders lacks x-sdk-date\.$/],
    [sign({ headers: ["x-sdk-date:20260102T030405Z"] }), /^SignedHeaders lacks host\.$/],
    [sign({ names: "host;x-other;x-sdk-date" }), /^SignedHeaders has x-other, which the request does not send\.$/],
    [sign({ date: "2026-01-02" }), /^X-Sdk-Date must be like 20260102T030405Z, not 2026-01-02\.$/],
    [sign({ date: "20260199T030405Z" }), /^X-Sdk-Date must be like 20260102T030405Z, not 20260199T030405Z\.$/],
  ])("%j", async (headers, message) => {
    expect(await messageOf(headers)).toMatch(message);
  });
});

test("the clock may be off by 15 minutes", async () => {
  const headers = sign({});
  for (const minutes of [-15, 15]) {
    vi.setSystemTime(now + minutes * 60_000);
    expect((await send(mock, things, { headers })).status).toBe(200);
    vi.setSystemTime(now + minutes * 60_100);
    const { violations } = await send(mock, things, { headers });
    expect(violations[0]?.message).toBe(
      `X-Sdk-Date is 2026-01-02T03:04:05Z, and the mock's clock ${new Date().toISOString()}: more than 15 minutes off.`,
    );
  }
});

test("a temporary key sends its token, which is never shown", async () => {
  await using temporary = await startFixture({ verify: { ...verify, securityToken: "hush" } });
  const withToken = (token: string, secret: string) => {
    const headers = [`host:${new URL(temporary.url).host}`, "x-sdk-date:20260102T030405Z", `x-security-token:${token}`];
    return { ...sign({ headers, secret }), "X-Security-Token": token };
  };
  expect((await send(temporary, things, { headers: withToken("hush", "SK") })).status).toBe(200);
  const { violations } = await send(temporary, things, { headers: withToken("other", "SK") });
  expect(violations[0]?.message).toBe("X-Security-Token is not the key's.");
  await send(temporary, things, { headers: withToken("hush", "wrong") });
  expect(temporary.requests[2]?.violations[0]?.message).toContain("x-security-token:***");
  expect(JSON.stringify(temporary.requests.map((request) => request.violations))).not.toContain("hush");
});

test("a header that was sent as another name's case is the same", async () => {
  const { "X-Sdk-Date": date, Authorization } = sign({});
  const { status } = await sendAsIs(mock, {
    path: things,
    headers: { "x-sdk-DATE": date, AUTHORIZATION: Authorization },
  });
  expect(status).toBe(200);
});
