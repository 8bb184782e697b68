import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { NextAnswer } from "../src/index.ts";
import { send, startFixture, things } from "./fixture.ts";

const mock = await startFixture();
beforeEach(() => mock.reset());
afterAll(() => mock.close());

// The fixture's operations are not ours, by whose names the method is typed.
const tell = (operationId: string, ...answers: NextAnswer[]) => mock.answerNext(operationId as never, ...answers);
const statuses = async (count: number, path = things) => {
  const found: number[] = [];
  for (let sent = 0; sent < count; sent++) found.push((await send(mock, path)).status);
  return found;
};

test("the next answers of an operation are as told, and then as usual", async () => {
  tell("listThings", { status: 503 }, {}, { status: 429, headers: { "retry-after": "0" } });
  expect(await send(mock, "/v1/health")).toMatchObject({ status: 200 });
  expect(await send(mock, things)).toMatchObject({ status: 503, body: { error_code: "APIGW.0201" } });
  expect(await send(mock, things)).toMatchObject({ status: 200, body: { things: [{ name: "a" }, { name: "b" }] } });
  const throttled = await send(mock, things);
  expect(throttled).toMatchObject({ status: 429, body: { error_code: "APIGW.0308" } });
  expect(throttled.headers.get("retry-after")).toBe("0");
  expect(await statuses(2)).toEqual([200, 200]);
  const told = mock.requests.map(({ trouble }) => trouble);
  expect(told).toEqual([undefined, "answerNext", "answerNext", "answerNext", undefined, undefined]);
});

test("each operation has its own", async () => {
  tell("health", { status: 500 });
  tell("listThings", { status: 502 });
  tell("health", { status: 501 });
  expect(await statuses(3, "/v1/health")).toEqual([500, 501, 200]);
  expect(await statuses(2)).toEqual([502, 200]);
});

test("one that nobody asked for can be asserted", async () => {
  tell("listThings", { status: 500 }, { status: 502, delay: 5 });
  await statuses(1);
  expect(mock.pendingAnswers).toEqual([{ operationId: "listThings", answer: { status: 502, delay: 5 } }]);
  await statuses(1);
  expect(mock.pendingAnswers).toEqual([]);
});

test("a body is sent as it is", async () => {
  tell("listThings", { body: { things: [{ name: "z", more: 1 }], page_info: {} } });
  const { status, headers, body } = await send(mock, things);
  expect({ status, body }).toEqual({ status: 200, body: { things: [{ name: "z", more: 1 }], page_info: {} } });
  expect(headers.get("content-type")).toBe("application/json");

  tell("listThings", { body: '{"things": [],  "page_info": {}}' });
  expect((await send(mock, things)).text).toBe('{"things": [],  "page_info": {}}');

  tell("createThing", { body: { name: "z" } });
  expect(await send(mock, things, { method: "POST" })).toMatchObject({ status: 201, body: { name: "z" } });
});

test("a redirect has neither a body nor an example", async () => {
  tell("listThings", { status: 302, headers: { Location: "/elsewhere" } });
  const { status, headers, text } = await send(mock, things, { redirect: "manual" });
  expect({ status, text, to: headers.get("location") }).toEqual({ status: 302, text: "", to: "/elsewhere" });
});

test("a delay holds the answer back", async () => {
  tell("listThings", { delay: 200 });
  const started = performance.now();
  expect(await statuses(1)).toEqual([200]);
  expect(performance.now() - started).toBeGreaterThanOrEqual(199);
});

test("a reset is no answer", async () => {
  tell("listThings", { reset: true });
  await expect(send(mock, things)).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  expect(mock.requests).toMatchObject([{ status: 0, trouble: "answerNext" }]);
});

test("what is wrong with the request is told all the same", async () => {
  tell("listThings", { status: 503 });
  const { violations } = await send(mock, `${things}?limit=0`, { headers: {} });
  expect(violations).toMatchObject([{ code: 401 }, { location: ["request", "query", "limit"] }]);
  expect(mock.requests).toMatchObject([{ status: 503, violations }]);
});

test("headers are put onto a usual answer, too", async () => {
  tell("listThings", { headers: { "x-request-id": "mine", "X-More": "1" } });
  const { status, headers } = await send(mock, things);
  expect([status, headers.get("x-request-id"), headers.get("x-more")]).toEqual([200, "mine", "1"]);
});

describe("an answer that can't be is refused when it is told", () => {
  const page = { things: [{ name: "a", state: "?" }], page_info: {} };
  test.each<[object, RegExp]>([
    [{ status: 99 }, /^answers\[1\]\.status must be >= 200\.$/],
    [{ status: "503" }, /^answers\[1\]\.status must be integer\.$/],
    [[{ status: 503 }], /^answers\[1\] must be an object, for example \{"status": 503\}, not a list\.$/],
    [{ stauts: 503 }, /^answers\[1\]\.stauts is unknown: take one of status, headers, body, delay, reset, breaksC/],
    [{ delay: -1 }, /^answers\[1\]\.delay must be >= 0\.$/],
    [{ headers: { "a b": "c" } }, /^answers\[1\]\.headers: \{"a b":"c"\} is nothing that a header can carry\.$/],
    [{ headers: { a: "b\r\nc: d" } }, /is nothing that a header can carry\.$/],
    [{ status: 204 }, /^answers\[1\] breaks the contract\. Unable to match the returned status code .*200,400,401/],
    [
      { body: page },
      /Response body property things\.0\.state must be equal to one of the allowed values: ON, OFF\. To/,
    ],
    [
      { body: "{" },
      /^answers\[1\] breaks the contract\. Response body must be object\. To send it all the same, add br/,
    ],
    [{ headers: { "content-type": "text/html" }, body: "" }, /media type "text\/html" does not match/],
    [{ status: 429, headers: { "Retry-After": "soon" } }, /retry-after must match pattern/],
  ])("%j", (answer, message) => {
    expect(() => tell("listThings", {}, answer)).toThrow(RangeError);
    expect(() => tell("listThings", {}, answer)).toThrow(message);
    expect(mock.pendingAnswers).toEqual([]);
  });

  test("of an operation that is none", () => {
    const message = "The contract has no operation listThing. It has: listThings, createThing, showPart, health.";
    expect(() => tell("listThing", {})).toThrow(new RangeError(message));
  });
});

test("an answer that breaks the contract is sent when it says so, and is no violation of the client's", async () => {
  tell(
    "listThings",
    { body: { things: "none" }, breaksContract: true },
    { body: '{"things": [', breaksContract: true },
    { status: 204, breaksContract: true },
    { headers: { "content-type": "text/html" }, body: "<p>", breaksContract: true },
  );
  expect(await send(mock, things)).toMatchObject({ status: 200, text: '{"things":"none"}', violations: [] });
  expect(await send(mock, things)).toMatchObject({ status: 200, text: '{"things": [', violations: [] });
  expect(await send(mock, things)).toMatchObject({ status: 204, text: "", violations: [] });
  const { headers, text } = await send(mock, things);
  expect([headers.get("content-type"), text]).toEqual(["text/html", "<p>"]);
});
