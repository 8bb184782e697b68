import { execFileSync } from "node:child_process";
import { startMock } from "@csms/mock";
import { describe, expect, test, vi } from "vitest";
import { holdToContract } from "../src/contract.ts";
import { CsmsResponseError } from "../src/index.ts";
import { connect, reasonOf, reply, serve } from "./servers.ts";

const secret = { id: "1", name: "db", state: "ENABLED", kms_key_id: "k", create_time: 1, update_time: 1 };
const page = (...secrets: object[]) => ({ secrets, page_info: { current_count: secrets.length } });

test("what the contract's mock answers goes through", async () => {
  await using mock = await startMock({ secrets: 60, seed: 1 });
  const violations: CsmsResponseError[] = [];
  const csms = connect(mock, { contract: holdToContract({ onViolation: (error) => violations.push(error) }) });
  for await (const { name } of csms.listSecrets()) await csms.listSecretVersions({ secret_name: name });
  await expect(csms.listSecretVersions({ secret_name: "no-such-secret" })).rejects.toMatchObject({ code: "CSMS.0106" });
  expect(violations).toEqual([]);
});

test("a field that the contract does not name goes through", async () => {
  await using server = await serve(reply(200, page({ ...secret, secret_type: "COMMON" })));
  const answer = await connect(server, { contract: holdToContract() }).listSecrets();
  expect(answer.secrets[0]).toHaveProperty("secret_type", "COMMON");
});

describe("an answer that breaks the contract", () => {
  const broken: [what: string, body: object, place: string, message: RegExp][] = [
    ["another type", page(secret, { ...secret, create_time: "1" }), "/secrets/1/create_time", /integer/],
    ["an unknown state", page(secret, { ...secret, state: 7 }), "/secrets/1/state", /string/],
    ["a missing field", page({ ...secret, name: undefined }), "/secrets/0", /'name'/],
    ["no page_info", { secrets: [] }, "/", /'page_info'/],
  ];

  test.for(broken)("%s: the error names the place", async ([, body, place, message]) => {
    await using server = await serve(reply(200, body));
    const error = await reasonOf(connect(server, { contract: holdToContract() }).listSecrets());
    expect(error).toBeInstanceOf(CsmsResponseError);
    expect(error).toMatchObject({ operationId: "listSecrets", status: 200, place, retryable: false });
    expect(String(error)).toMatch(message);
  });

  test("is only reported, where the user chooses so", async () => {
    const body = page({ ...secret, create_time: "1" });
    await using server = await serve(reply(200, body));
    const reported: CsmsResponseError[] = [];
    const contract = holdToContract({ onViolation: (error) => reported.push(error) });
    expect(await connect(server, { contract }).listSecrets()).toEqual(body);
    expect(reported).toMatchObject([{ place: "/secrets/0/create_time", status: 200 }]);
  });

  test("in a listing it is told by its page", async () => {
    await using server = await serve(
      reply(200, { ...page(secret), page_info: { current_count: 1, next_marker: "db" } }),
      reply(200, page({ ...secret, name: "b", create_time: "1" })),
    );
    const names: string[] = [];
    const reading = (async () => {
      for await (const { name } of connect(server, { contract: holdToContract() }).listSecrets({ limit: 1 })) {
        names.push(name);
      }
    })();
    await expect(reading).rejects.toMatchObject({ place: "/secrets/0/create_time" });
    expect(names).toEqual(["db"]);
  });
});

describe("only what the client would have accepted is held to the contract", () => {
  const reported: CsmsResponseError[] = [];
  const contract = holdToContract({ onViolation: (error) => reported.push(error) });

  test.for([
    [
      "a gateway's HTML",
      reply(502, "<html>Bad gateway</html>"),
      { name: "CsmsApiError", status: 502, retryable: true },
    ],
    [
      "a sibling's nested error",
      reply(401, { error: { error_code: "APIGW.0301", error_msg: "no" } }),
      { name: "CsmsApiError", status: 401, code: "APIGW.0301" },
    ],
    ["a status that the contract does not name", reply(418, {}), { name: "CsmsApiError", status: 418 }],
    ["an answer that is not JSON", reply(200, "<html>"), { name: "CsmsResponseError", status: 200 }],
  ] as const)("%s is the error that it always is", async ([, answer, error]) => {
    await using server = await serve(answer);
    const call = connect(server, { contract, maxRetries: 0 }).listSecrets();
    await expect(call).rejects.toMatchObject({ operationId: "listSecrets", ...error });
    await expect(call).rejects.not.toHaveProperty("place");
    expect(reported).toEqual([]);
  });
});

test("a body is parsed once", async () => {
  const parse = vi.spyOn(JSON, "parse");
  await using server = await serve(reply(200, page(secret)));
  await connect(server, { contract: holdToContract() }).listSecrets();
  expect(parse.mock.calls.filter(([text]) => text.includes("secrets"))).toHaveLength(1);
});

test("works where code can't be made of strings, as under a strict Content-Security-Policy", () => {
  const module = new URL("../src/contract.ts", import.meta.url);
  const program = `
    const { holdToContract } = await import("${module}");
    const { check } = holdToContract({ onViolation: ({ place }) => console.log(place) });
    check("listSecrets", 200, { secrets: 1, page_info: { current_count: 0 } });
    try { eval("1"); } catch { console.log("no eval"); }`;
  const flags = ["--disallow-code-generation-from-strings", "--input-type=module", "--eval"];
  expect(execFileSync(process.execPath, [...flags, program], { encoding: "utf8" })).toBe("/secrets\nno eval\n");
});
