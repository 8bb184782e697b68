import { execFileSync } from "node:child_process";
import { startMock } from "@csms/mock";
import { describe, expect, test } from "vitest";
import { holdToContract } from "../src/contract.ts";
import { CsmsResponseError } from "../src/index.ts";
import { type Answer, connect, reasonOf, reply, serve } from "./servers.ts";

const secret = { id: "1", name: "db", state: "ENABLED", kms_key_id: "k", create_time: 1, update_time: 1 };
const page = (...secrets: object[]) => ({ secrets, page_info: { current_count: secrets.length } });

test("what the contract's mock answers goes through", async () => {
  await using mock = await startMock({ secrets: 60, seed: 1 });
  const violations: CsmsResponseError[] = [];
  const csms = connect(mock, { middleware: [holdToContract({ onViolation: (error) => violations.push(error) })] });
  for await (const { name } of csms.listSecrets()) await csms.listSecretVersions({ secret_name: name });
  await expect(csms.listSecretVersions({ secret_name: "no-such-secret" })).rejects.toMatchObject({ code: "CSMS.0106" });
  expect(violations).toEqual([]);
});

test("a field that the contract does not name goes through", async () => {
  await using server = await serve(reply(200, page({ ...secret, secret_type: "COMMON" })));
  const answer = await connect(server, { middleware: [holdToContract()] }).listSecrets();
  expect(answer.secrets[0]).toHaveProperty("secret_type", "COMMON");
});

describe("an answer that breaks the contract", () => {
  const broken: [what: string, answer: Answer, place: string | undefined, message: RegExp][] = [
    ["another type", reply(200, page(secret, { ...secret, create_time: "1" })), "/secrets/1/create_time", /integer/],
    ["an unknown state", reply(200, page(secret, { ...secret, state: "SLEEPING" })), "/secrets/1/state", /allowed/],
    ["a missing field", reply(200, page({ ...secret, name: undefined })), "/secrets/0", /'name'/],
    ["no list", reply(200, { page_info: { current_count: 0 } }), "/", /'secrets'/],
    ["an error of another shape", reply(404, { message: "no" }), "/", /'error_code'/],
    ["a status of its own", reply(418, {}), undefined, /does not know this status/],
    ["no JSON", reply(200, "<html>"), undefined, /not JSON/],
  ];

  test.for(broken)("%s: the error names the place", async ([, answer, place, message]) => {
    await using server = await serve(answer);
    const error = await reasonOf(connect(server, { middleware: [holdToContract()] }).listSecrets());
    expect(error).toBeInstanceOf(CsmsResponseError);
    expect(error).toMatchObject({ place, message: expect.stringMatching(message) });
    expect(String(error)).toContain(`GET /v1/{project_id}/secrets, status`);
  });

  test("is only reported, where the user chooses so", async () => {
    await using server = await serve(reply(200, page({ ...secret, state: "SLEEPING" })));
    const reported: CsmsResponseError[] = [];
    const csms = connect(server, { middleware: [holdToContract({ onViolation: (error) => reported.push(error) })] });
    const { secrets } = await csms.listSecrets();
    expect(secrets[0]?.state).toBe("SLEEPING");
    expect(reported).toMatchObject([{ place: "/secrets/0/state", status: 200 }]);
  });
});

test("works where code can't be made of strings, as under a strict Content-Security-Policy", () => {
  const module = new URL("../src/contract.ts", import.meta.url);
  const program = `
    const { holdToContract } = await import("${module}");
    const { onResponse } = holdToContract({ onViolation: ({ place }) => console.log(place) });
    const response = Response.json({ secrets: 1, page_info: { current_count: 0 } });
    await onResponse({ request: { method: "GET" }, schemaPath: "/v1/{project_id}/secrets", response });
    try { eval("1"); } catch { console.log("no eval"); }`;
  const flags = ["--disallow-code-generation-from-strings", "--input-type=module", "--eval"];
  expect(execFileSync(process.execPath, [...flags, program], { encoding: "utf8" })).toBe("/secrets\nno eval\n");
});
