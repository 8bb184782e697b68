import { expect, test } from "vitest";
import { toDate } from "../src/index.ts";

test("a time is in milliseconds", () => {
  expect(toDate(1581507580000).toISOString()).toBe("2020-02-12T11:39:40.000Z");
  expect(toDate(0).getTime()).toBe(0);
});

test.for([[null], [undefined]])("%s is no time", ([timestamp]) => {
  expect(toDate(timestamp)).toBeUndefined();
});
