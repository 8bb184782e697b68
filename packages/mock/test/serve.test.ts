import { expect, test } from "vitest";
import { readContract } from "../src/contract.ts";
import { createCsms } from "../src/csms.ts";
import { welcome } from "../src/serve.ts";
import { fixture } from "./fixture.ts";

test("an operation that the small CSMS does not know is answered from examples, which is said at the start", async () => {
  const known = (await readContract()).filter(({ iid = "" }) => iid in createCsms({ secrets: 0 }));
  const operations = [...known, ...(await fixture)];
  const from = "\n\nFrom examples:\n  List things            GET /v1/{project_id}/things\n  Create a thing  ";
  expect(welcome("http://mock", operations, 3)).toContain(from);
  expect(welcome("http://mock", operations, 3)).toContain("It holds 3 secrets, and their versions:\n  List secrets ");
  expect(welcome("http://mock", operations, [{ name: "db" }])).toContain("It holds 1 secret, and their versions:");
  expect(welcome("http://mock", operations, undefined)).toContain("\n\nFrom examples:\n  List secrets ");
  expect(welcome("http://mock", await fixture, undefined)).toContain(" http://mock/v1/p1/things\n");
});
