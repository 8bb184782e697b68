import { networkInterfaces } from "node:os";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { send, startFixture, things } from "./fixture.ts";
import { readSecrets } from "./read-all.ts";

// What a test in another process, and in another language, does over HTTP.
const mock = await startFixture();
beforeEach(() => mock.reset());
afterAll(() => mock.close());

const control = (method: string, path: string, body?: unknown) =>
  send(mock, `/__mock/${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });

test("health says that the mock is ready", async () => {
  expect(await control("GET", "health")).toMatchObject({ status: 200, body: { status: "ready" } });
});

test("requests are the ones that came, these here not among them", async () => {
  await send(mock, `${things}?limit=0`);
  const { status, body } = await control("GET", "requests");
  expect(status).toBe(200);
  expect(body).toEqual(JSON.parse(JSON.stringify(mock.requests)));
  expect(body).toMatchObject([{ method: "GET", path: `${things}?limit=0`, status: 400, violations: [{}] }]);
});

test("answers tells the next ones, one or several, and gives those that are pending", async () => {
  expect(await control("POST", "answers/listThings", { status: 503 })).toMatchObject({ status: 204, text: "" });
  expect((await control("POST", "answers/listThings", [{ status: 502 }, {}])).status).toBe(204);
  expect((await send(mock, things)).status).toBe(503);
  expect((await control("GET", "answers")).body).toEqual([
    { operationId: "listThings", answer: { status: 502 } },
    { operationId: "listThings", answer: {} },
  ]);
});

test("reset makes all as it was", async () => {
  await send(mock, things);
  await control("POST", "answers/listThings", { status: 503 });
  expect((await control("POST", "reset")).status).toBe(204);
  expect(mock.requests).toEqual([]);
  expect((await send(mock, things)).status).toBe(200);
});

test("data is what the mock holds from now on", async () => {
  await using csms = await startMock();
  const body = JSON.stringify({ secrets: [{ name: "db" }] });
  expect((await send(csms, "/__mock/data", { method: "PUT", body })).status).toBe(204);
  expect((await readSecrets(csms.url)).map(({ name }) => name)).toEqual(["db"]);
});

describe("a mistake is told", () => {
  test.each<[string, string, string | undefined, number, RegExp]>([
    ["PUT", "data", '{"secrets":[{}]}', 400, /^secrets\[0\] must have required property 'name'\.$/],
    ["PUT", "data", '{"secrets":', 400, /^The body is no JSON: /],
    ["PUT", "data", undefined, 400, /^data must be an object, for example \{"secrets": .*\}, not undefined\.$/],
    ["PUT", "data", '[{"name":"db"}]', 400, /^data must be an object, for example .*, not a list\.$/],
    ["PUT", "data", "{}", 400, /^secrets is missing/],
    ["POST", "answers/nope", "{}", 400, /^The contract has no operation nope\./],
    ["POST", "answers/listThings", '[{"status":5}]', 400, /^answers\[0\]\.status must be >= 200\.$/],
    [
      "POST",
      "answers/listThings",
      '["503"]',
      400,
      /^answers\[0\] must be an object, .* \{"status": 503\}, not a string\.$/,
    ],
    ["POST", "answers/listThings", undefined, 400, /^answers\[0\] must be an object, .*, not undefined\.$/],
    ["POST", "answers/listThings", "null", 400, /^answers\[0\] must be an object, .*, not null\.$/],
    [
      "POST",
      "answers/listThings/more",
      "{}",
      404,
      /^The mock has no POST \/__mock\/answers\/listThings\/more\. It has: /,
    ],
    [
      "POST",
      "answers",
      '{"operationId":"listThings"}',
      404,
      /, POST \/__mock\/answers\/\{listThings\|createThing\|.*\}, /,
    ],
    ["POST", "answers/", "{}", 404, /, POST \/__mock\/answers\/\{listThings\|createThing\|showPart\|health\}, PUT /],
    ["GET", "answers/listThings", undefined, 404, /^The mock has no GET \/__mock\/answers\/listThings\. It has: /],
    ["GET", "data", undefined, 404, /^The mock has no GET \/__mock\/data\. It has: GET \/__mock\/health, .*reset\.$/],
  ])("%s %s %s", async (method, path, body, status, detail) => {
    const answer = await send(mock, `/__mock/${path}`, { method, ...(body && { body }) });
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toMatch(detail);
  });
});

test("a page in a browser may not", async () => {
  const headers = { Origin: "https://evil.example" };
  const answer = await send(mock, "/__mock/requests", { headers });
  expect(answer.status).toBe(403);
  expect(answer.headers.get("access-control-allow-origin")).toBeNull();
});

const [outside] = Object.values(networkInterfaces()).flatMap((list = []) => list.filter(({ internal }) => !internal));

test.runIf(outside)("another machine may not, though it reaches the mock", async () => {
  const open = await startFixture({ host: "0.0.0.0" });
  const from = { ...open, url: open.url.replace("127.0.0.1", outside?.address ?? "") };
  expect((await send(from, things)).status).toBe(200);
  expect(await send(from, "/__mock/requests")).toMatchObject({
    status: 403,
    body: { detail: "Only programs on the mock's own machine may tell it what to do." },
  });
  await open.close();
});
