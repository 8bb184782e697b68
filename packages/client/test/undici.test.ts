import { getEventListeners } from "node:events";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { Agent, type Dispatcher, getGlobalDispatcher, interceptors, MockAgent, setGlobalDispatcher } from "undici";
import { Agent as Agent6 } from "undici-6";
import { Agent as Agent7 } from "undici-7";
import { describe, expect, test, vi } from "vitest";
import { CsmsConnectionError, CsmsResponseError, CsmsTimeoutError } from "../src/index.ts";
import { type UndiciFetchOptions, undiciFetch } from "../src/undici.ts";
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

describe.for([
  ["6", new Agent6()],
  ["7", new Agent7()],
  ["8", new Agent()],
] as const)("a dispatcher of undici %s", ([, agent]) => {
  const fetch = undiciFetch({ dispatcher: agent as UndiciFetchOptions["dispatcher"] });

  test("sends a body, and brings status, every header and text", async () => {
    const hints = "</style.css>; rel=preload";
    await using server = await serve((response) => {
      response.writeEarlyHints({ link: hints }, () =>
        response.writeHead(202, { "x-request-id": "r-1", "set-cookie": ["a=1", "b=2"] }).end("\uFEFFhé密"),
      );
    });
    const body = new TextEncoder().encode("[1]").buffer;
    const { signal } = new AbortController();
    const answer = await fetch(server.url, { method: "POST", headers: { a: "1" }, body, redirect: "manual", signal });
    expect(server.received).toMatchObject([
      { method: "POST", headers: { a: "1", "content-length": "3" }, body: "[1]" },
    ]);
    expect(answer.status).toBe(202);
    expect(await answer.text?.()).toBe("hé密");
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(await answer.arrayBuffer())).toBe("\uFEFFhé密");
    expect(answer.headers.get("X-Request-Id")).toBe("r-1");
    const headers = new Headers();
    answer.headers.forEach((value, name) => {
      headers.append(name, value);
    });
    expect(headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(headers.has("link")).toBe(false);
  });

  test("lets go of an answer that stalls", async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    await using server = await serve((response) => response.on("close", resolve).writeHead(200).write("["));
    const client = connect(server, { fetch, timeout: 200, maxRetries: 0 });
    expect(await reasonOf(client.listSecrets())).toBeInstanceOf(CsmsTimeoutError);
    await closed;
  });

  test("says why there is no connection", async () => {
    const client = connect({ url: "http://127.0.0.1:1" }, { fetch, maxRetries: 0 });
    expect(await reasonOf(client.listSecrets())).toMatchObject({ cause: { code: "ECONNREFUSED" } });
  });

  test("sends nothing for a call that was given up before there was a connection", async () => {
    await using server = await serve(page(["a"]));
    const controller = new AbortController();
    const init = { method: "GET", headers: {}, redirect: "manual", signal: controller.signal } as const;
    const answer = fetch(server.url, init);
    controller.abort("enough");
    await expect(answer).rejects.toBe("enough");
    await expect(fetch(server.url, init)).rejects.toBe("enough");
    await fetch(server.url, { ...init, signal: new AbortController().signal });
    expect(server.received.length).toBe(1);
  });
});

describe("what a dispatcher may do that tries again", () => {
  type Handler = Required<Dispatcher.DispatchHandler>;
  const controller = { abort() {} } as unknown as Dispatcher.DispatchController;

  /** Has a dispatcher do this with a handler. */
  function fetchOver(work: (handler: Handler) => void, signal: AbortSignal) {
    const dispatch = (_: unknown, handler: Dispatcher.DispatchHandler) => {
      work(handler as Handler);
      return true;
    };
    const fetch = undiciFetch({ dispatcher: { dispatch } as unknown as Dispatcher });
    return fetch("http://localhost/", { method: "GET", headers: {}, redirect: "manual", signal });
  }

  test("the answer that it begins last is the one that counts", async () => {
    const { signal } = new AbortController();
    const answer = await fetchOver((handler) => {
      handler.onRequestStart(controller, {});
      handler.onResponseStart(controller, 404, { "x-a": "1" });
      handler.onResponseData(controller, Buffer.from("hello"));
      handler.onResponseStart(controller, 200, {});
      handler.onResponseData(controller, Buffer.from("hello world"));
      handler.onResponseEnd(controller, {});
    }, signal);
    expect([answer.status, await answer.text?.(), answer.headers.get("x-a")]).toEqual([200, "hello world", undefined]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("an informational answer is none", async () => {
    const { signal } = new AbortController();
    const answer = fetchOver((handler) => {
      handler.onRequestStart(controller, {});
      handler.onResponseStart(controller, 103, {});
      handler.onResponseData(controller, Buffer.from("ok"));
      handler.onResponseEnd(controller, {});
    }, signal);
    await expect(answer).rejects.toThrow("no status");
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("a call that was given up before is not handed to it", async () => {
    const work = vi.fn();
    await expect(fetchOver(work, AbortSignal.abort("enough"))).rejects.toBe("enough");
    expect(work).not.toHaveBeenCalled();
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
    [["deflate", "gzip"], (body: string) => gzipSync(deflateSync(body))],
  ] as const)("%s is read", async ([coding, compress]) => {
    await using server = await serve((response) => response.setHeader("content-encoding", coding).end(compress(BODY)));
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
