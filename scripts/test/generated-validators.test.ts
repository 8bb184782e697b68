import { expect, test } from "vitest";
import { validators } from "./fixture/generated/validators.ts";

const { readDetails } = validators;

test("the table has each success status with a body, and nothing else", () => {
  const statuses = Object.entries(validators).map(([id, byStatus]) => [id, Object.keys(byStatus)]);
  expect(Object.fromEntries(statuses)).toEqual({
    listThings: ["200"],
    createThing: ["200", "201"],
    replace_thing: ["201"],
    readDetails: ["200", "206"],
    "health/read-now": ["200"],
    matches: ["200"],
  });
});

test("an answer without a name and a schema that is named like it are two", () => {
  expect(validators["health/read-now"][200]([{ ok: true }])).toBe(true);
  expect(validators["health/read-now"][200]({ equal: [] })).toBe(false);
  expect(readDetails[206]({ equal: [{ a: 1 }, { a: 2 }] })).toBe(true);
  expect(readDetails[206]({ equal: [{ a: 1 }, { a: 1 }] })).toBe(false);
});

test.for<[property: string, good: unknown[], bad: unknown[]]>([
  ["letters", ["ab", "🧩🧩🧩"], ["a", "🧩", "abcd", "a1", 1]],
  ["number", [0, 10, 2.5], [-1, 11, 0.3, "1"]],
  ["between", [0.1, 9.9], [0, 10]],
  ["list", [[{ title: "a" }, { title: "b" }]], [[], [{}, {}], [{ title: 1 }], [{}, { a: 1 }, { b: 1 }, { c: 1 }]]],
  ["tuple", [["a", 1]], [["a", 2], ["a", 1, 1], [1]]],
  ["counted", [["x"], ["x", "x", "y"]], [["y"], ["x", "x", "x"]]],
  ["evaluated", [["a", 1]], [["a", "b"]]],
  ["fixed", [{ a: [1, { b: null }] }], [{ a: [1, { b: 0 }] }, { a: [1] }, { a: { 0: 1 } }, "a"]],
  ["chosen", [{ a: 1 }, [1], "a", null], [{ a: 2 }, { 0: 1 }, [2], "b"]],
  ["any", ["a", { example: 1 }], [{}, { example: "1" }, 1]],
  ["one", ["a", "abc"], ["ab", 1]],
  ["all", [2], [1, "a"]],
  ["not", [1], ["a"]],
  ["when", ["ab", 1], ["a", 1.5]],
  ["named", [{ "x-a": 1, b: "c" }], [{ "x-a": "c" }, { b: 1 }]],
  ["counts", [{ total: 1, other: 2 }], [{ total: "1" }, { other: "2" }]],
  ["closed", [{ a: "b" }], [{ a: "b", c: 1 }]],
  ["depends", [{ a: 1, b: 1 }, { c: 1, d: 1 }, {}], [{ a: 1 }, { c: 1 }]],
  ["summary", ["ab"], ["a", "abcd"]],
  ["description", [1], ["a"]],
  ["parent", [{ letters: "ab" }], [{}, { letters: "ab", parent: {} }]],
  ["other", [1, "a", null], []],
  ["Upper", [], [1]],
])("%s", ([property, good, bad]) => {
  const body = (value: unknown) => ({ letters: "ab", [property]: value });
  expect(good.filter((value) => !readDetails[200](body(value)))).toEqual([]);
  expect(bad.filter((value) => readDetails[200](body(value)))).toEqual([]);
});

test("the number of properties", () => {
  expect(readDetails[200]({})).toBe(false);
  const letters = Array.from("abcdefghijklmnopqrstu", (letter) => [letter, 1]);
  expect(readDetails[200](Object.fromEntries([...letters.slice(1), ["letters", "ab"]]))).toBe(false);
});

test("a violation names its place", () => {
  const validate: { (body: unknown): boolean; errors?: unknown } = readDetails[200];
  expect(validate({ letters: "ab", list: [{ title: 1 }] })).toBe(false);
  expect(validate.errors).toMatchObject([{ instancePath: "/list/0/title", message: "must be string" }]);
});
