import { setImmediate } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { CsmsApiError, type CsmsClient, tokenCredentials } from "../src/index.ts";
import { type Answer, connect, PROJECT_ID, page, reasonOf, reply, type Server, serve } from "./servers.ts";

const gatewayRefusal = reply(401, { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information" });
const serviceRefusal = reply(400, { error_code: "CSMS.0301", error_msg: "The X-Auth-Token is invalid." });

/** Refuses every token but these. */
const accept =
  (tokens: string[], refusal = gatewayRefusal): Answer =>
  (response, request) =>
    (tokens.includes(`${request.headers["x-auth-token"]}`) ? page(["a"]) : refusal)(response, request);

/** A provider that gives token-1, token-2, … */
function provider(...tokens: (string | Error)[]) {
  return vi.fn(async () => {
    const token = tokens.length > 1 ? tokens.shift() : tokens[0];
    if (token instanceof Error) throw token;
    return token ?? "";
  });
}

const tokensOf = ({ received }: Server) => received.map(({ headers }) => headers["x-auth-token"]);
const callTimes = (client: CsmsClient, times: number) =>
  Promise.allSettled(Array.from({ length: times }, () => client.listSecrets().withResponse()));
const statuses = async (results: Promise<PromiseSettledResult<unknown>[]>) =>
  new Set((await results).map(({ status }) => status));

test("a fixed token goes with every request, and with no signature", async () => {
  await using server = await serve(page(["a"], "a"), page(["b"]));
  await Array.fromAsync(connect(server, { credentials: tokenCredentials("one") }).listSecrets({ limit: 1 }));
  expect(tokensOf(server)).toEqual(["one", "one"]);
  expect(server.received[0]?.headers).not.toHaveProperty("authorization");
});

test("a fixed token that is refused is not sent again", async () => {
  await using server = await serve(gatewayRefusal);
  await expect(connect(server).listSecrets()).rejects.toMatchObject({ status: 401, code: "APIGW.0301" });
  expect(server.received).toHaveLength(1);
});

test("a provider need not be asynchronous", async () => {
  await using server = await serve(page(["a"]));
  await connect(server, { credentials: tokenCredentials(() => "now") }).listSecrets();
  expect(tokensOf(server)).toEqual(["now"]);
});

test("a provider is not asked before the first call, once for 100 calls at once, and its token is kept", async () => {
  await using server = await serve(page(["a"]));
  const getToken = provider("one");
  const client = connect(server, { credentials: tokenCredentials(getToken) });
  expect(getToken).toHaveBeenCalledTimes(0);
  expect(await statuses(callTimes(client, 100))).toEqual(new Set(["fulfilled"]));
  await client.listSecrets();
  expect(getToken).toHaveBeenCalledTimes(1);
  expect(new Set(tokensOf(server))).toEqual(new Set(["one"]));
});

describe.each([
  ["401", gatewayRefusal],
  ["400 CSMS.0301", serviceRefusal],
])("after %s", (_, refusal) => {
  test("the provider is asked once more, and the new token is kept", async () => {
    await using server = await serve(accept(["two"], refusal));
    const getToken = provider("one", "two");
    const client = connect(server, { credentials: tokenCredentials(getToken), maxRetries: 0 });
    await client.listSecrets();
    await client.listSecrets();
    expect(tokensOf(server)).toEqual(["one", "two", "two"]);
    expect(getToken).toHaveBeenCalledTimes(2);
  });

  test("100 calls at once ask once more", async () => {
    await using server = await serve(accept(["two"], refusal));
    const getToken = provider("one", "two", "three");
    const client = connect(server, { credentials: tokenCredentials(getToken), maxRetries: 0, timeout: 60_000 });
    expect(await statuses(callTimes(client, 100))).toEqual(new Set(["fulfilled"]));
    expect(getToken).toHaveBeenCalledTimes(2);
  });

  test("a provider that goes on giving a bad token is not asked endlessly", async () => {
    await using server = await serve(accept([], refusal));
    const getToken = provider("bad");
    const client = connect(server, { credentials: tokenCredentials(getToken) });
    await expect(client.listSecrets()).rejects.toThrow(CsmsApiError);
    expect(server.received).toHaveLength(2);
    expect(getToken).toHaveBeenCalledTimes(2);
  });

  test("the raw client asks once more, too", async () => {
    await using server = await serve(accept(["two"], refusal));
    const client = connect(server, { credentials: tokenCredentials(provider("one", "two")) });
    const { response } = await client.http.GET("/v1/{project_id}/secrets", {
      params: { path: { project_id: PROJECT_ID } },
    });
    expect(response.status).toBe(200);
  });
});

test.for([
  reply(403, { error_code: "CSMS.0302", error_msg: "no permission" }),
  reply(400, { error_code: "CSMS.0106", error_msg: "The secret name is not found." }),
])("another refusal is not the token's fault", async (answer) => {
  await using server = await serve(answer);
  const getToken = provider("one", "two");
  await expect(connect(server, { credentials: tokenCredentials(getToken) }).listSecrets()).rejects.toThrow(
    CsmsApiError,
  );
  expect(getToken).toHaveBeenCalledTimes(1);
  expect(server.received).toHaveLength(1);
});

test("a late refusal of an old token does not drop the new one", async () => {
  const late = Promise.withResolvers<void>();
  let first = true;
  await using server = await serve(async (response, request) => {
    if (first) {
      first = false;
      await late.promise;
    }
    accept(["two"])(response, request);
  });
  const getToken = provider("one", "two", "three");
  const client = connect(server, { credentials: tokenCredentials(getToken) });
  const slow = client.listSecrets().withResponse();
  await vi.waitFor(() => expect(server.received).toHaveLength(1));
  await client.listSecrets();
  late.resolve();
  await slow;
  expect(tokensOf(server)).toEqual(["one", "one", "two", "two"]);
  expect(getToken).toHaveBeenCalledTimes(2);
});

test("a provider that fails fails the calls that waited for it, with its own error, and no others", async () => {
  await using server = await serve(page(["a"]));
  const failure = new Error("the vault is sealed");
  const getToken = provider(failure, "two");
  const client = connect(server, { credentials: tokenCredentials(getToken) });
  const results = await callTimes(client, 10);
  expect(results).toEqual(Array(10).fill({ status: "rejected", reason: failure }));
  expect(getToken).toHaveBeenCalledTimes(1);
  expect(server.received).toHaveLength(0);
  expect(await statuses(callTimes(client, 10))).toEqual(new Set(["fulfilled"]));
  expect(getToken).toHaveBeenCalledTimes(2);
});

test("a provider that throws before it returns a promise fails the same way", async () => {
  await using server = await serve(page(["a"]));
  const failure = new Error("no such file");
  const credentials = tokenCredentials(() => {
    throw failure;
  });
  expect(await reasonOf(connect(server, { credentials }).listSecrets())).toBe(failure);
});

test("a provider that fails when it is asked once more fails that call only", async () => {
  await using server = await serve(accept(["three"]));
  const failure = new Error("the vault is sealed");
  const client = connect(server, { credentials: tokenCredentials(provider("one", failure, "three")) });
  expect(await reasonOf(client.listSecrets())).toBe(failure);
  expect((await client.listSecrets()).secrets).toHaveLength(1);
});

test.for([[undefined], [""]])("%o is no token: nothing is sent", async ([token]) => {
  await using server = await serve(page(["a"]));
  for (const credentials of [() => tokenCredentials(token as string), () => tokenCredentials(() => token as string)]) {
    const call = async () => connect(server, { credentials: credentials() }).listSecrets();
    await expect(call()).rejects.toMatchObject({ name: "CsmsInputError" });
  }
  expect(server.received).toHaveLength(0);
});

test("a provider that never answers is asked again after a timeout, and the error says what was waited for", async () => {
  await using server = await serve(page(["a"]));
  let asked = 0;
  const credentials = tokenCredentials(() => (asked++ === 0 ? new Promise<string>(() => {}) : "good"));
  const client = connect(server, { credentials, timeout: 100, maxRetries: 0 });
  const errors = await Promise.all([reasonOf(client.listSecrets()), reasonOf(client.listSecrets())]);
  for (const error of errors) {
    expect(error).toMatchObject({ name: "CsmsTimeoutError", message: expect.stringContaining("credentials") });
  }
  expect(server.received).toHaveLength(0);
  expect((await client.listSecrets()).secrets).toHaveLength(1);
  expect(asked).toBe(2);
});

test("a token that comes after its call timed out is kept", async () => {
  await using server = await serve(page(["a"]));
  const late = Promise.withResolvers<string>();
  const getToken = vi.fn(() => late.promise);
  const client = connect(server, { credentials: tokenCredentials(getToken), timeout: 500, maxRetries: 0 });
  await expect(client.listSecrets()).rejects.toMatchObject({ name: "CsmsTimeoutError" });
  late.resolve("late");
  await setImmediate();
  await client.listSecrets();
  expect(tokensOf(server)).toEqual(["late"]);
  expect(getToken).toHaveBeenCalledTimes(1);
});

test("a service that never answers is not said to be the credentials' fault", async () => {
  await using server = await serve(() => {});
  const error = await reasonOf(connect(server, { timeout: 50, maxRetries: 0 }).listSecrets());
  expect(error).toMatchObject({ name: "CsmsTimeoutError", message: expect.not.stringContaining("credentials") });
});

test("an abort of the caller's does not make the others ask again", async () => {
  await using server = await serve(page(["a"]));
  const { promise, resolve } = Promise.withResolvers<string>();
  const getToken = vi.fn(() => promise);
  const client = connect(server, { credentials: tokenCredentials(getToken) });
  const aborted = reasonOf(client.listSecrets({}, { signal: AbortSignal.timeout(20) }));
  const other = client.listSecrets().withResponse();
  await aborted;
  const third = client.listSecrets().withResponse();
  resolve("one");
  await Promise.all([other, third]);
  expect(getToken).toHaveBeenCalledTimes(1);
});

test.for(["", "tok\n", " tok", "t\u{f8}k", 7, undefined])(
  "%o is not kept: the provider is asked again, and the value is not shown",
  async (unusable) => {
    await using server = await serve(page(["a"]));
    const values = [unusable, "good"];
    const client = connect(server, { credentials: tokenCredentials(() => values.shift() as string) });
    const error = await reasonOf(client.listSecrets());
    expect(error).toMatchObject({
      name: "CsmsInputError",
      message: expect.stringMatching(/token (is missing|must be)/),
    });
    expect(String(error)).not.toMatch(/tok(?!en)/);
    await client.listSecrets();
    expect(tokensOf(server)).toEqual(["good"]);
  },
);

test.for([undefined, null, ""])("a token that is %o is missing at once, before any call", (token) => {
  expect(() => tokenCredentials(token as string)).toThrow(
    expect.objectContaining({ name: "CsmsInputError", message: expect.stringContaining("token is missing") }),
  );
});
