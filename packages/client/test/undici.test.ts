import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { Agent, getGlobalDispatcher, interceptors, MockAgent, setGlobalDispatcher } from "undici";
import { describe, expect, test } from "vitest";
import { CsmsConnectionError, CsmsResponseError } from "../src/index.ts";
import { undiciFetch } from "../src/undici.ts";
import { connect, page, reasonOf, reply, secretsPage, serve } from "./servers.ts";

const BODY = JSON.stringify(secretsPage(["a"]));

test("it sends what the client sends, and asks for no compression", async () => {
  await using server = await serve(page(["a"]));
  await connect(server, { fetch: undiciFetch() }).listSecrets();
  expect(server.received[0]?.headers).toEqual({
    host: new URL(server.url).host,
    connection: "keep-alive",
    "x-auth-token": "a-fixed-token",
  });
});

test("withResponse() has every header", async () => {
  await using server = await serve(reply(200, BODY, { "x-request-id": "r-1", "set-cookie": ["a=1", "b=2"] }));
  const { response, requestId } = await connect(server, { fetch: undiciFetch() }).listSecrets().withResponse();
  expect(requestId).toBe("r-1");
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
});

describe("the dispatcher", () => {
  /** One that answers all by itself. */
  function mockAgent(): MockAgent {
    const agent = new MockAgent();
    agent.disableNetConnect();
    agent
      .get("https://kms.example.com")
      .intercept({ path: /secrets$/ })
      .reply(200, secretsPage(["mocked"]));
    return agent;
  }
  const elsewhere = { url: "https://kms.example.com" };

  test("carries the requests", async () => {
    const dispatcher = mockAgent();
    const { secrets } = await connect(elsewhere, { fetch: undiciFetch({ dispatcher }) }).listSecrets();
    expect(secrets).toEqual([{ name: "mocked" }]);
  });

  test("is undici's global one by default, as it is when a call is made", async () => {
    const client = connect(elsewhere, { fetch: undiciFetch() });
    const before = getGlobalDispatcher();
    setGlobalDispatcher(mockAgent());
    const { secrets } = await client.listSecrets().finally(() => setGlobalDispatcher(before));
    expect(secrets).toEqual([{ name: "mocked" }]);
  });

  test("follows no redirect, even if it was made to", async () => {
    await using target = await serve(page(["stolen"]));
    await using server = await serve(reply(307, "", { location: `${target.url}/v1/secrets` }));
    const dispatcher = new Agent().compose(interceptors.redirect({ maxRedirections: 5 }));
    const error = await reasonOf(connect(server, { fetch: undiciFetch({ dispatcher }) }).listSecrets());
    expect(error).toBeInstanceOf(CsmsResponseError);
    expect(target.received).toEqual([]);
  });
});

describe("an answer that is compressed all the same", () => {
  test.for([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["GZIP", gzipSync],
    ["x-gzip", gzipSync],
    ["deflate, gzip", (body: string) => gzipSync(deflateSync(body))],
  ] as const)("%s is read", async ([coding, compress]) => {
    await using server = await serve((response) =>
      response.writeHead(200, { "content-encoding": coding }).end(compress(BODY)),
    );
    expect((await connect(server, { fetch: undiciFetch() }).listSecrets()).secrets).toEqual([{ name: "a" }]);
  });

  test("one that is cut off is no complete answer", async () => {
    await using server = await serve((response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(BODY).subarray(0, -20)),
    );
    const error = await reasonOf(connect(server, { fetch: undiciFetch(), maxRetries: 0 }).listSecrets());
    expect(error).toBeInstanceOf(CsmsConnectionError);
    expect(error).toMatchObject({ retryable: true });
  });

  test("an empty one is empty", async () => {
    await using server = await serve(reply(404, "", { "content-encoding": "gzip" }));
    const error = await reasonOf(connect(server, { fetch: undiciFetch() }).listSecrets());
    expect(error).toMatchObject({ name: "CsmsApiError", status: 404 });
  });
});
