import { describe, expect, test } from "vitest";
import {
  CsmsApiError,
  type CsmsClient,
  CsmsConnectionError,
  CsmsError,
  CsmsInputError,
  CsmsPaginationError,
  CsmsResponseError,
  CsmsTimeoutError,
} from "../src/index.ts";
import { connect, PROJECT_ID, page, reasonOf, reply, reset, serve, stall } from "./servers.ts";

const list = (client: CsmsClient) => client.listSecrets();

const failures = {
  CsmsApiError: [CsmsApiError, reply(500), list],
  CsmsConnectionError: [CsmsConnectionError, reset, list],
  CsmsTimeoutError: [CsmsTimeoutError, stall, list],
  CsmsInputError: [CsmsInputError, page([]), (client: CsmsClient) => client.listSecrets({ limit: 0 })],
  CsmsResponseError: [CsmsResponseError, reply(200, "<html>"), list],
  CsmsPaginationError: [
    CsmsPaginationError,
    page(["a"], "a"),
    (client: CsmsClient) => Array.fromAsync(client.listSecrets({ limit: 1 })),
  ],
} as const;

describe.each(Object.entries(failures))("%s", (name, [Class, answer, call]) => {
  test("can be told by class, by name, and in a stack", async () => {
    await using server = await serve(answer);
    const error = await reasonOf(call(connect(server, { timeout: answer === stall ? 50 : 5_000, maxRetries: 0 })));
    expect(error).toBeInstanceOf(Class);
    expect(error).toBeInstanceOf(CsmsError);
    expect(error).toBeInstanceOf(Error);
    const { stack, message } = error as Error;
    expect(error).toMatchObject({ name, operationId: "listSecrets", retryable: expect.any(Boolean) });
    expect(message).toMatch(/^listSecrets: ./);
    expect(stack).toMatch(new RegExp(`^${name}: listSecrets: `));
    expect(String(error)).toBe(`${name}: ${message}`);
  });
});

test("cause is what the platform said", async () => {
  await using server = await serve(reset);
  const error = await reasonOf(connect(server, { maxRetries: 0 }).listSecrets());
  expect(error).toHaveProperty("cause", expect.objectContaining({ message: expect.any(String) }));
});

test("an error of the raw client names no operation", async () => {
  await using server = await serve(reset);
  const { http } = connect(server, { maxRetries: 0 });
  const error = await reasonOf(http.GET("/v1/{project_id}/secrets", { params: { path: { project_id: PROJECT_ID } } }));
  expect(error).toBeInstanceOf(CsmsConnectionError);
  expect(error).toHaveProperty("operationId", undefined);
});
