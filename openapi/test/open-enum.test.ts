import { expect, test } from "vitest";
import { lint } from "./lint.ts";

const state = "/components/schemas/BookState";
const place = `${state}/x-open-enum`;

test("an enum may be open to further values", async () => {
  expect(await lint({ [place]: true })).toEqual([]);
});

test.each([false, "yes", ["MENDED"]])("x-open-enum can't be %o", async (value) => {
  expect(await lint({ [place]: value })).toEqual([
    [
      "csms/open-enum",
      `#${place}`,
      expect.stringContaining(`x-open-enum is ${JSON.stringify(value)}. It has to be true`),
    ],
  ]);
});

test.each([
  ["no enum", { [`${state}/enum`]: undefined }],
  ["an enum of numbers", { [`${state}/type`]: "integer", [`${state}/enum`]: [1, 2] }],
])("it can't stand beside %s", async (_, edits) => {
  expect(await lint({ ...edits, [place]: true })).toContainEqual([
    "csms/open-enum",
    `#${place}`,
    expect.stringContaining("beside no enum of strings"),
  ]);
});
