import { getEventListeners } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { CsmsTimeoutError, type FetchLike, tokenCredentials } from "../src/index.ts";
import {
  connect,
  cutChunks,
  PROJECT_ID,
  page,
  reasonOf,
  reply,
  secretsPage,
  serve,
  stall,
  stallInBody,
  useShortestWaits,
} from "./servers.ts";

useShortestWaits();

const never: FetchLike = () => new Promise(() => {});

describe("timeout", () => {
  test.for([
    ["before the headers", stall],
    ["in the body", stallInBody],
  ] as const)("a server that stalls %s", async ([, answer]) => {
    await using server = await serve(answer);
    const error = await reasonOf(connect(server, { timeout: 50, maxRetries: 0 }).listSecrets());
    expect(error).toBeInstanceOf(CsmsTimeoutError);
    expect(error).toMatchObject({
      name: "CsmsTimeoutError",
      timeout: 50,
      attempt: 1,
      operationId: "listSecrets",
      retryable: true,
    });
    expect(String(error)).toContain("50 ms");
  });

  test("a server that sends a little now and then", async () => {
    let timer: NodeJS.Timeout | undefined;
    await using server = await serve((response) => {
      response.writeHead(200);
      timer = setInterval(() => response.write(" "), 10);
    });
    await expect(connect(server, { timeout: 100, maxRetries: 0 }).listSecrets()).rejects.toThrow(CsmsTimeoutError);
    clearInterval(timer);
  });

  test("it closes the connection", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await using server = await serve(({ socket }) => socket?.once("close", resolve));
    await expect(connect(server, { timeout: 1_000, maxRetries: 0 }).listSecrets()).rejects.toThrow(CsmsTimeoutError);
    await promise;
  });

  test("each attempt has it anew, and the error says which attempt was the last", async () => {
    const fetch = vi.fn(never);
    const options = { fetch, timeout: 150, maxRetries: 2 };
    const error = await reasonOf(connect({ url: "http://localhost" }, options).listSecrets());
    expect(error).toMatchObject({ attempt: 3, timeout: 150 });
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  test("a call's own goes before the client's", async () => {
    await using server = await serve((response) => setTimeout(() => response.end("{}"), 200));
    const client = connect(server, { timeout: 5, maxRetries: 0 });
    const versions = client.listSecretVersions({ secret_name: "db" }, { timeout: 40 });
    expect(await reasonOf(versions)).toMatchObject({ timeout: 40, operationId: "listSecretVersions" });
    expect(await reasonOf(client.listSecrets({}, { timeout: 4_000 }))).not.toBeInstanceOf(CsmsTimeoutError);
  });

  test("it covers every page of a listing", async () => {
    await using server = await serve(page(["a", "b"], "b"), stall);
    const names: string[] = [];
    const reading = (async () => {
      for await (const { name } of connect(server, { timeout: 1_000, maxRetries: 0 }).listSecrets({ limit: 2 })) {
        names.push(name);
      }
    })();
    await expect(reading).rejects.toThrow(CsmsTimeoutError);
    expect(names).toEqual(["a", "b"]);
  });

  test("it holds for a fetch that does not listen", async () => {
    const client = connect({ url: "http://localhost" }, { fetch: never, timeout: 20, maxRetries: 0 });
    await expect(client.listSecrets()).rejects.toThrow(CsmsTimeoutError);
  });

  test("it holds for a token that does not come; nothing is sent", async () => {
    await using server = await serve(page([]));
    const credentials = tokenCredentials(() => new Promise<string>(() => {}));
    const client = connect(server, { credentials, timeout: 20, maxRetries: 0 });
    await expect(client.listSecrets()).rejects.toThrow(CsmsTimeoutError);
    expect(server.received).toHaveLength(0);
  });

  test("a token that comes too late is not sent, whatever fetch does", async () => {
    const fetch = vi.fn(never);
    const { promise, resolve } = Promise.withResolvers<string>();
    const credentials = tokenCredentials(() => promise);
    const client = connect({ url: "http://localhost" }, { credentials, fetch, timeout: 20, maxRetries: 0 });
    await expect(client.listSecrets()).rejects.toThrow(CsmsTimeoutError);
    resolve("late");
    await new Promise((done) => setTimeout(done, 20));
    expect(fetch).not.toHaveBeenCalled();
  });

  test("the raw client has it, too", async () => {
    await using server = await serve(stall);
    const { http } = connect(server, { timeout: 20, maxRetries: 0 });
    const call = http.GET("/v1/{project_id}/secrets", { params: { path: { project_id: PROJECT_ID } } });
    await expect(call).rejects.toMatchObject({ name: "CsmsTimeoutError", timeout: 20, attempt: 1 });
  });
});

describe("the caller's abort rethrows its reason", () => {
  const reasons = { text: "stop", object: { code: 7 }, error: new Error("my own"), null: null };

  describe.each(Object.entries(reasons))("%s", (_, reason) => {
    test("before", async () => {
      await using server = await serve(page([]));
      const request = connect(server).listSecrets({}, { signal: AbortSignal.abort(reason) });
      expect(await reasonOf(request)).toBe(reason);
      expect(server.received).toHaveLength(0);
    });

    test.for([
      ["before the headers", stall],
      ["in the body", stallInBody],
    ] as const)("while a server stalls %s", async ([, answer]) => {
      const controller = new AbortController();
      await using server = await serve((...exchange) => {
        answer(...exchange);
        setTimeout(() => controller.abort(reason), 20);
      });
      expect(await reasonOf(connect(server).listSecrets({}, { signal: controller.signal }))).toBe(reason);
      expect(server.received).toHaveLength(1);
    });
  });

  test("with none given, it is the platform's AbortError", async () => {
    const request = connect({ url: "http://localhost" }, { fetch: never }).listSecrets(
      {},
      { signal: AbortSignal.abort() },
    );
    await expect(request).rejects.toMatchObject({ name: "AbortError" });
  });

  test("of a signal that times out, it is the platform's TimeoutError: the caller's own, not the client's", async () => {
    const error = await reasonOf(
      connect({ url: "http://localhost" }, { fetch: never }).listSecrets({}, { signal: AbortSignal.timeout(20) }),
    );
    expect(error).toMatchObject({ name: "TimeoutError" });
    expect(error).not.toBeInstanceOf(CsmsTimeoutError);
  });

  test("between the pages of a listing", async () => {
    const controller = new AbortController();
    await using server = await serve(page(["a", "b"], "b"));
    const names: string[] = [];
    const reading = (async () => {
      for await (const { name } of connect(server).listSecrets({ limit: 2 }, { signal: controller.signal })) {
        names.push(name);
        if (name === "b") controller.abort("enough");
      }
    })();
    expect(await reasonOf(reading)).toBe("enough");
    expect(names).toEqual(["a", "b"]);
    expect(server.received).toHaveLength(1);
  });

  test("through the raw client", async () => {
    const controller = new AbortController();
    await using server = await serve(() => controller.abort("enough"));
    const call = connect(server).http.GET("/v1/{project_id}/secrets", {
      params: { path: { project_id: PROJECT_ID } },
      signal: controller.signal,
    });
    expect(await reasonOf(call)).toBe("enough");
  });

  test("it ends only the call that it belongs to, also when both wait for one token", async () => {
    await using server = await serve(page(["a"]));
    const { promise, resolve } = Promise.withResolvers<string>();
    const client = connect(server, { credentials: tokenCredentials(() => promise) });
    const controller = new AbortController();
    const aborted = reasonOf(client.listSecrets({}, { signal: controller.signal }));
    const other = client.listSecrets().withResponse();
    controller.abort("enough");
    expect(await aborted).toBe("enough");
    resolve("token");
    expect((await other).data.secrets).toHaveLength(1);
    expect(server.received).toHaveLength(1);
  });

  test("after the answer it changes nothing", async () => {
    const controller = new AbortController();
    await using server = await serve(page(["a"]));
    const request = connect(server).listSecrets({}, { signal: controller.signal });
    await request;
    controller.abort();
    expect((await request).secrets).toHaveLength(1);
  });
});

test("a signal that lives long is left without listeners", async () => {
  const { signal } = new AbortController();
  const fetch: FetchLike = async () => Response.json(secretsPage(["a"]));
  const client = connect({ url: "http://localhost" }, { fetch });
  await Promise.all(Array.from({ length: 20 }, () => client.listSecrets({}, { signal })));
  await using server = await serve(reply(503, "", { "retry-after": "0" }), cutChunks, stall, reply(404));
  await reasonOf(connect(server, { timeout: 1_000 }).listSecrets({}, { signal }));
  expect(server.received).toHaveLength(4);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a signal is left without listeners when what ran out of time never ends", async () => {
  const { signal } = new AbortController();
  const call = connect({ url: "http://localhost" }, { fetch: never, timeout: 20, maxRetries: 0 });
  await expect(call.listSecrets({}, { signal })).rejects.toThrow(CsmsTimeoutError);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("a signal that many calls share brings no warning of a leak", async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on("warning", listen);
  const controller = new AbortController();
  const client = connect({ url: "http://localhost" }, { fetch: never });
  const calls = Array.from({ length: 30 }, () => reasonOf(client.listSecrets({}, { signal: controller.signal })));
  await new Promise((done) => setTimeout(done, 20));
  expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
  controller.abort("enough");
  expect(new Set(await Promise.all(calls))).toEqual(new Set(["enough"]));
  process.off("warning", listen);
  expect(warnings).toEqual([]);
});

describe("no timer is left, which would keep the process from its end", () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

  test("by calls that are done", async () => {
    const fetch: FetchLike = async () => Response.json(secretsPage(["a"]));
    const client = connect({ url: "http://localhost" }, { fetch });
    const before = timers();
    await Promise.all(Array.from({ length: 50 }, () => client.listSecrets().withResponse()));
    expect(timers() - before).toBeLessThan(25);
  });

  test("by calls that were aborted, and never end", async () => {
    const controller = new AbortController();
    const client = connect({ url: "http://localhost" }, { fetch: never });
    const before = timers();
    const calls = Array.from({ length: 50 }, () => reasonOf(client.listSecrets({}, { signal: controller.signal })));
    await vi.waitUntil(() => timers() - before >= 50);
    controller.abort();
    await Promise.all(calls);
    expect(timers() - before).toBeLessThan(25);
  });
});
