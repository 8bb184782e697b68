import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { send, sendAsIs, startFixture, things, token } from "./fixture.ts";

const mock = await startFixture();
const csms = await startFixture({ secrets: 3 });
beforeEach(() => mock.reset());
afterAll(() => Promise.all([mock.close(), csms.close()]));

const part = `${things}/a/parts/7`;

test.each([
  things,
  `${things}?limit=100&marker=b`,
  `${things}?tag=a&tag=b&page=1&page=2`,
  `${things}?size[min]=1&size[max]=2`,
  `${things}?rate=-1.5e2&exact=true`,
  part,
  "/v1/health",
])("what keeps the contract is no violation: %s", async (path) => {
  const { status, violations } = await send(mock, path);
  expect({ status, violations }).toEqual({ status: 200, violations: [] });
});

describe("what the service refuses", () => {
  test.each([
    ["limit=0", "query.limit", /must be >= 1$/],
    ["limit=abc", "query.limit", /must be integer$/],
    ["limit=0x10", "query.limit", /must be integer$/],
    ["limit=1e1", "query.limit", /must be integer$/],
    ["limit=5.0", "query.limit", /must be integer$/],
    ["limit=05", "query.limit", /must be integer$/],
    ["limit=%205", "query.limit", /must be integer$/],
    ["limit=", "query.limit", /must be integer$/],
    ["limit", "query.limit", /must be integer$/],
    ["limit=1&limit=2", "query.limit", /^Request query parameter limit must be given once, not 2 times$/],
    ["limit=1&marker=b&marker=b&marker=c", "query.marker", /marker must be given once, not 3 times$/],
    ["rate=0x1", "query.rate", /must be number$/],
    ["rate=Infinity", "query.rate", /must be number$/],
    ["exact=", "query.exact", /must be boolean$/],
    ["exact=1", "query.exact", /must be boolean$/],
    ["limit=1&marker=", "query.marker", /must match pattern "\^\[a-z\]\+\$"$/],
    ["limit=1&marker=B", "query.marker", /must match pattern/],
    ["tag=", "query.tag.0", /must NOT have fewer than 1 characters$/],
    ["tag=a&tag=&tag=b", "query.tag.1", /must NOT have fewer than 1 characters$/],
    ["page=1&page=0x2", "query.page", /must be integer$/],
    ["size[min]=a", "query.size.min", /must be integer$/],
  ])("a query: %s", async (query, place, message) => {
    const { status, body, violations } = await send(mock, `${things}?${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error_code: "CSMS.0002" });
    expect(violations).toEqual([
      expect.objectContaining({ location: ["request", ...place.split(".")], severity: "Error" }),
    ]);
    expect(violations[0]?.message).toMatch(message);
    expect(mock.requests[0]?.violations).toEqual(violations);
  });

  test.each([
    [`${things}/a/parts/0x7`, {}, "path.part_id"],
    [`${things}/A/parts/7`, {}, "path.thing"],
    [part, { "X-Rate": "10" }, "header.x-rate"],
  ])("a path or header: %s %j", async (path, headers, place) => {
    const { status, violations } = await send(mock, path, { headers: { ...token, ...headers } });
    expect(status).toBe(400);
    expect(violations).toMatchObject([{ location: ["request", ...place.split(".")], severity: "Error" }]);
  });

  test("missing credentials, unless none are needed", async () => {
    const { status, body, violations } = await send(mock, things, { headers: {} });
    expect(status).toBe(401);
    expect(body).toMatchObject({ error_code: "APIGW.0301" });
    const message = "No credentials: send the header X-Auth-Token or Authorization.";
    expect(violations).toEqual([{ location: ["request"], severity: "Error", code: 401, message }]);
    expect((await send(mock, "/v1/health", { headers: {} })).status).toBe(200);
  });
});

describe("what the service may answer is answered, and told", () => {
  test.each([
    ["limt=5", "limt", "Request query parameter limt is not in the contract, which has limit, marker, rate, exact, "],
    ["LIMIT=5", "LIMIT", "Request query parameter LIMIT is not in the contract, which has limit, "],
    ["size=1", "size", "Request query parameter size is not in the contract"],
    ["marker=b", "marker", "Request query parameter marker must be used together with limit"],
  ])("%s", async (query, name, message) => {
    for (const each of [mock, csms]) {
      const { status, violations } = await send(each, `${things}?${query}`);
      expect(status).toBe(200);
      expect(violations).toMatchObject([{ location: ["request", "query", name], severity: "Warning" }]);
      expect(violations[0]?.message).toContain(message);
    }
  });

  test("of an operation without a query, any parameter", async () => {
    const { violations } = await send(mock, "/v1/health?verbose=1");
    expect(violations).toMatchObject([
      { message: "Request query parameter verbose is not in the contract, which has none" },
    ]);
  });

  test.each(["text/html", "garbage", "image/*, text/plain;q=0.5"])("Accept: %s", async (Accept) => {
    const { status, headers, violations } = await send(mock, things, { headers: { ...token, Accept } });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(violations).toMatchObject([{ location: ["request", "header", "accept"], severity: "Warning" }]);
    expect(violations[0]?.message).toBe(
      `Request header accept takes ${Accept}, and the contract answers with application/json`,
    );
  });

  test.each(["*/*", "application/*", "text/html, application/json;q=0.5"])("but not Accept: %s", async (Accept) => {
    expect((await send(mock, things, { headers: { ...token, Accept } })).violations).toEqual([]);
  });
});

describe("a body", () => {
  const json = { ...token, "Content-Type": "application/json" };
  const post = (body: string | ReadableStream, headers: Record<string, string> = json) =>
    send(mock, things, { method: "POST", body, headers, duplex: "half" });
  const inChunks = (text: string) => new Blob([text]).stream();

  test("that keeps the contract is answered, and recorded", async () => {
    for (const body of ['{"name":"new"}', inChunks('{"name":"new"}')]) {
      const { status, body: answer, violations } = await post(body);
      expect({ status, answer, violations }).toEqual({
        status: 201,
        answer: { name: "new", state: "ON" },
        violations: [],
      });
      expect(mock.requests.at(-1)?.body).toEqual({ name: "new" });
    }
  });

  test.each<[string, Record<string, string>, string[], RegExp]>([
    ["{}", json, ["body"], /'name'/],
    ['{"name":""}', json, ["body", "name"], /fewer than 1 char/],
    ['{"name":"a","state":"?"}', json, ["body", "state"], /allowed values: ON, OFF/],
    ['{"name":', json, ["body"], /^Request body is no JSON: /],
    ["name=a", { ...token, "Content-Type": "application/x-www-form-urlencoded" }, ["body"], /application\/json/],
    ['{"name":"a"}', { ...token, "Content-Type": "json" }, ["body"], /application\/json/],
  ])("that breaks the contract is refused as the service does: %s", async (text, headers, place, message) => {
    for (const body of [text, inChunks(text)]) {
      const { status, body: answer, violations } = await post(body, headers);
      expect(status).toBe(400);
      expect(answer).toMatchObject({ error_code: "CSMS.0004" });
      expect(violations).toEqual([
        expect.objectContaining({ location: ["request", ...place], message: expect.stringMatching(message) }),
      ]);
    }
  });

  test("beside a wrong parameter is not what the answer is about", async () => {
    const { body, violations } = await send(mock, "/v1/P1/things", { method: "POST", body: "{}", headers: json });
    expect(body).toMatchObject({ error_code: "CSMS.0002" });
    expect(violations).toHaveLength(2);
  });

  test.each([[{ "Content-Length": "2" }], [{ "Transfer-Encoding": "chunked" }]])(
    "of an operation that takes none is refused: %j",
    async (headers) => {
      const { status, body, violations } = await sendAsIs(
        mock,
        { path: things, headers: { ...token, ...headers } },
        "{}",
      );
      expect(status).toBe(400);
      expect(body).toMatchObject({ error_code: "CSMS.0004" });
      expect(violations).toMatchObject([{ location: ["request", "body"], code: 415 }]);
    },
  );

  test("that is none needs no content type that anybody understands", async () => {
    const headers = { ...token, "Content-Type": "json" };
    expect(await send(mock, things, { headers })).toMatchObject({ status: 200, violations: [] });
  });
});
