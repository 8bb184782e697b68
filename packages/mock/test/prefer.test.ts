import { afterAll, describe, expect, test } from "vitest";
import { send, startFixture, things, token } from "./fixture.ts";

const mock = await startFixture();
afterAll(() => mock.close());

const prefer = (Prefer: string, path = things) => send(mock, path, { headers: { ...token, Prefer } });

test("without a preference the first example is the answer", async () => {
  expect(await send(mock, things)).toMatchObject({ status: 200, body: { things: [{ name: "a" }, { name: "b" }] } });
});

test.each([
  ["code=400", 400, { error_code: "CSMS.0002" }],
  ["code=400, example=wrongBody", 400, { error_code: "CSMS.0004" }],
  ["example=middlePage", 200, { page_info: { next_marker: "a" } }],
  ['respond-async; example="empty"', 200, { things: [] }],
  ["return=minimal, wait=10; handling = lenient, example = empty", 200, { things: [] }],
  ["Code=400, EXAMPLE=wrongBody", 400, { error_code: "CSMS.0004" }],
  ["code=400 example=wrongBody", 400, { error_code: "CSMS.0004" }],
  ['return=minimal; foo="some code=400", safe, depth-noroot', 200, { things: [{ name: "a" }, { name: "b" }] }],
  ["code=429", 429, { error_code: "APIGW.0308" }],
])("an answer is as it is preferred: %s", async (Prefer, status, body) => {
  expect(await prefer(Prefer)).toMatchObject({ status, body, violations: [] });
});

test("a throttled answer has its Retry-After", async () => {
  expect((await prefer("code=429")).headers.get("retry-after")).toBe("1");
});

test("a default answer stands for every status", async () => {
  const { status, body } = await prefer("code=503", `${things}/a/parts/7`);
  expect({ status, body }).toMatchObject({ status: 503, body: { error_code: "CSMS.0001" } });
});

test("values are made up from the schema, the same for the same seed", async () => {
  const dynamic = async (seed: number) => (await prefer(`dynamic=true, seed=${seed}`)).body;
  expect(await dynamic(1)).toEqual(await dynamic(1));
  expect(await dynamic(1)).not.toEqual(await dynamic(2));
});

describe("what can't be had is told", () => {
  const none = "The contract has no answer of this operation for Prefer:";
  const answers =
    "200 (lastPage, middlePage, empty), 400 (invalidParameter, wrongBody), 401 (default), 429 (default), 500 (default)";
  const has = `It has these codes, with their examples: ${answers}.`;
  test.each([
    ["code=418", `${none} code=418. ${has}`],
    ["example=nope", `${none} example=nope. ${has}`],
    ["code=429, example=nope", `${none} code=429, example=nope. ${has}`],
    ["code=400, example=empty", `${none} code=400, example=empty. ${has}`],
    ["example=", 'Prefer: example takes the name of an example, not "".'],
    ["code: 404", 'Prefer: code takes a status, for example 404, not "".'],
    ["dynamic", 'Prefer: dynamic takes true or false, not "".'],
    ["code=teapot", 'Prefer: code takes a status, for example 404, not "teapot".'],
    ["dynamic=yes", 'Prefer: dynamic takes true or false, not "yes".'],
  ])("%s", async (Prefer, detail) => {
    const { status, body, violations } = await prefer(Prefer);
    expect(status).toBe(400);
    expect(body).toMatchObject({ detail, error_code: "MOCK.0400", error_msg: detail });
    expect(violations).toMatchObject([{ message: cut(detail) }]);
  });

  test("of an operation that answers by default, too", async () => {
    const { body } = await prefer("example=nope", `${things}/a/parts/7`);
    expect(body.detail).toMatch(/ with their examples: 200 \(default\), any other \(default\)\.$/);
  });
});

/** As a header carries it. */
function cut(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

test.each(["cod=400", "404", "code=200; cod=400", "exmaple=empty"])(
  "a preference that looks like a slip is told: %s",
  async (Prefer) => {
    const { status, violations } = await prefer(Prefer);
    expect(status).toBe(200);
    const message = `Request header prefer has ${Prefer.replace(/^.*; /, "")}, and the mock takes code, example, dynamic, seed`;
    expect(violations).toEqual([
      { location: ["request", "header", "prefer"], severity: "Warning", code: "unknown", message },
    ]);
  },
);
