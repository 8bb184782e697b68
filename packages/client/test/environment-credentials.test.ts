import { beforeEach, expect, test, vi } from "vitest";
import { CsmsInputError, environmentCredentials } from "../src/index.ts";
import { connect, PROJECT_ID, page, serve } from "./servers.ts";

const VARIABLES = ["AK", "SK", "SECURITY_TOKEN", "PROJECT_ID"] as const;

beforeEach(() => {
  for (const name of VARIABLES) vi.stubEnv(`HUAWEICLOUD_SDK_${name}`, undefined);
});

function set(variables: Partial<Record<(typeof VARIABLES)[number], string>>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(`HUAWEICLOUD_SDK_${name}`, value);
}

test("an access key signs, for the project of the variable", async () => {
  set({ AK: "the-ak", SK: "the-sk", PROJECT_ID: "e".repeat(32) });
  await using server = await serve(page([]));
  await connect(server, { credentials: environmentCredentials(), projectId: undefined }).listSecrets();
  const [request] = server.received;
  expect(request?.url).toBe(`/v1/${"e".repeat(32)}/secrets`);
  expect(request?.headers.authorization).toMatch(/^SDK-HMAC-SHA256 Access=the-ak, SignedHeaders=host;x-project-id;/);
  expect(request?.headers["x-project-id"]).toBe("e".repeat(32));
  expect(request?.headers).not.toHaveProperty("x-security-token");
});

test("a temporary key brings its security token", async () => {
  set({ AK: "the-ak", SK: "the-sk", SECURITY_TOKEN: "the-token" });
  await using server = await serve(page([]));
  await connect(server, { credentials: environmentCredentials() }).listSecrets();
  expect(server.received[0]?.headers["x-security-token"]).toBe("the-token");
});

test("the client's own project goes before the variable", async () => {
  set({ AK: "the-ak", SK: "the-sk", PROJECT_ID: "e".repeat(32) });
  await using server = await serve(page([]));
  await connect(server, { credentials: environmentCredentials() }).listSecrets();
  expect(server.received[0]?.url).toBe(`/v1/${PROJECT_ID}/secrets`);
});

test.for([
  [{}, ["HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK"]],
  [{ AK: "the-ak" }, ["HUAWEICLOUD_SDK_SK"]],
  [{ SK: "the-sk" }, ["HUAWEICLOUD_SDK_AK"]],
  [{ AK: "the-ak", SK: "" }, ["HUAWEICLOUD_SDK_SK"]],
] as const)("%o: the error names what is missing, and shows no value", ([variables, missing]) => {
  set(variables);
  const error = (() => {
    try {
      return environmentCredentials();
    } catch (reason) {
      return reason;
    }
  })();
  expect(error).toBeInstanceOf(CsmsInputError);
  expect(String(error).match(/HUAWEICLOUD_SDK_\w+/g)).toEqual(missing);
  expect(String(error)).not.toMatch(/the-[as]k/);
});
