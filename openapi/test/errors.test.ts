import { expect, test } from "vitest";
import { lint, listBooks, original } from "./lint.ts";

const rule = "csms/errors";
const answer = "/components/responses/TooManyRequests";
const json = `${answer}/content/application~1json`;

test.each(["400", "401", "403", "404", "429", "500", "502", "504"])("every operation documents %s", async (status) => {
  expect(await lint({ [`${listBooks}/responses/${status}`]: undefined })).toEqual([
    [rule, `#${listBooks}/responses`, expect.stringContaining(`"listBooks" does not document ${status}.`)],
  ]);
});

test("what an operation does not document is named at once", async () => {
  const { "400": badRequest } = original(`${listBooks}/responses`);
  expect(
    await lint({ [`${listBooks}/responses`]: { "200": { description: "Done." }, "400": badRequest } }),
  ).toContainEqual([
    rule,
    `#${listBooks}/responses`,
    expect.stringContaining("does not document 401, 403, 404, 429, 500, 502, 504."),
  ]);
});

test.each([
  ["another schema", { [`${json}/schema`]: { type: "object" } }],
  ["a copy of it", { [`${json}/schema`]: original("/components/schemas/ApiError") }],
  ["no schema", { [`${json}/schema`]: undefined }],
  ["no JSON", { [`${answer}/content`]: { "text/plain": { schema: { type: "string" } } } }],
  ["no content", { [`${answer}/content`]: undefined }],
])("an error answers with ApiError, not with %s", async (_, edits) => {
  expect(await lint(edits)).toEqual([
    [rule, `#${json}/schema`, expect.stringContaining('{$ref: "#/components/schemas/ApiError"}')],
  ]);
});

test.each([
  ["none", undefined],
  ["an empty list", {}],
  ["one without a value", { throttled: { summary: "Too late" } }],
])("an error shows an example, not %s", async (_, examples) => {
  expect(await lint({ [`${json}/examples`]: examples })).toEqual([
    [rule, `#${json}`, expect.stringContaining("The error 429 shows no example.")],
  ]);
});

test("an inline error is held to the same", async () => {
  const conflict = `${listBooks}/responses/409`;
  expect(await lint({ [conflict]: original(answer) })).toEqual([]);
  expect(await lint({ [conflict]: original(answer), [`${conflict}/content/application~1json/examples`]: {} })).toEqual([
    [rule, `#${conflict}/content/application~1json`, expect.stringContaining("The error 409")],
  ]);
});

test("one example, or one kept in components, is enough", async () => {
  const value = { error_code: "B.3", error_msg: "Too late." };
  expect(await lint({ [`${json}/examples`]: undefined, [`${json}/example`]: value })).toEqual([]);
  expect(
    await lint({
      "/components/examples": { Late: { value } },
      [`${json}/examples`]: { throttled: { $ref: "#/components/examples/Late" } },
    }),
  ).toEqual([]);
});
