import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { type Credentials, CsmsApiError, CsmsConnectionError } from "../src/index.ts";
import {
  type Answer,
  connect,
  cutChunks,
  halfBody,
  PROJECT_ID,
  page,
  reasonOf,
  reply,
  reset,
  serve,
  stall,
  stallInBody,
  useShortestWaits,
} from "./servers.ts";

useShortestWaits();

const busy = (retryAfter = "0") => reply(503, "", { "retry-after": retryAfter });

test.for([408, 429, 500, 502, 503, 504])("status %i is tried again", async (status) => {
  await using server = await serve(reply(status, "", { "retry-after": "0" }), page(["a"]));
  expect((await connect(server).listSecrets()).secrets).toEqual([{ name: "a" }]);
  expect(server.received).toHaveLength(2);
});

test.for([400, 401, 403, 404, 405, 409, 410, 413, 422, 425, 501, 505, 507, 511])(
  "status %i is not tried again",
  async (status) => {
    await using server = await serve(reply(status, "", { "retry-after": "0" }), page(["a"]));
    const error = await reasonOf(connect(server).listSecrets());
    expect(error).toBeInstanceOf(CsmsApiError);
    expect(error).toMatchObject({ status, retryable: false });
    expect(server.received).toHaveLength(1);
  },
);

const accidents: Record<string, Answer> = {
  "a reset connection": reset,
  "half a body": halfBody,
  "a chunked body without its end": cutChunks,
  "no answer in time": stall,
  "no body in time": stallInBody,
};
test.concurrent.for(Object.entries(accidents))("%s is tried again", async ([, accident]) => {
  await using server = await serve(accident, page(["a"]));
  expect((await connect(server, { timeout: 2_000 }).listSecrets()).secrets).toEqual([{ name: "a" }]);
  expect(server.received).toHaveLength(2);
});

test.for(Object.entries(accidents).slice(0, 3))("%s is an error in the end", async ([, accident]) => {
  await using server = await serve(accident);
  const error = await reasonOf(connect(server, { maxRetries: 1 }).listSecrets());
  expect(error).toBeInstanceOf(CsmsConnectionError);
  expect(error).toMatchObject({ name: "CsmsConnectionError", operationId: "listSecrets", retryable: true });
  expect(error).toHaveProperty("cause", expect.any(Error));
  expect(server.received).toHaveLength(2);
});

test("a connection that can't be made is tried again", async () => {
  const closed = createServer().listen(0, "127.0.0.1");
  await once(closed, "listening");
  const { port } = closed.address() as { port: number };
  closed.close();
  let attempts = 0;
  const client = connect({ url: `http://127.0.0.1:${port}` }, { maxRetries: 1, log: () => attempts++ });
  const error = await reasonOf(client.listSecrets());
  expect(error).toBeInstanceOf(CsmsConnectionError);
  // Why stands in the message: "fetch failed" alone helps nobody.
  expect(String(error)).toContain("ECONNREFUSED");
  expect(attempts).toBe(2);
});

test("a page of a listing is tried again by itself", async () => {
  await using server = await serve(page(["a", "b"], "b"), busy(), page(["c"]));
  const names = await Array.fromAsync(connect(server).listSecrets({ limit: 2 }), ({ name }) => name);
  expect(names).toEqual(["a", "b", "c"]);
  expect(server.received.map(({ url }) => new URL(url, server.url).searchParams.get("marker"))).toEqual([
    null,
    "b",
    "b",
  ]);
});

describe("maxRetries", () => {
  const attempts = async (client: number | undefined, call: number | undefined) => {
    await using server = await serve(busy());
    const request = connect(server, { maxRetries: client }).listSecrets({}, { maxRetries: call });
    await expect(request).rejects.toMatchObject({ name: "CsmsApiError", status: 503, retryable: true });
    return server.received.length;
  };
  test.for([
    [undefined, undefined, 4],
    [1, undefined, 2],
    [0, undefined, 1],
    [undefined, 0, 1],
    [5, 1, 2],
    [0, 2, 3],
  ] as const)("client %s, call %s: %i attempts", async ([client, call, expected]) => {
    expect(await attempts(client, call)).toBe(expected);
  });

  test("what is not safe is sent once, unless the call says otherwise; then with its body", async () => {
    await using server = await serve(busy());
    const client = connect(server, {
      middleware: [{ onRequest: ({ request }) => new Request(request, { method: "POST", body: '{"a":1}' }) }],
    });
    await expect(client.listSecrets()).rejects.toMatchObject({ status: 503 });
    expect(server.received.map(({ method, body }) => [method, body])).toEqual([["POST", '{"a":1}']]);
    await expect(client.listSecrets({}, { maxRetries: 1 })).rejects.toMatchObject({ status: 503 });
    expect(server.received.map(({ method, body }) => [method, body])).toEqual(Array(3).fill(["POST", '{"a":1}']));
  });

  test("the raw client tries again, too", async () => {
    await using server = await serve(busy(), reset, page(["a"]));
    const { data } = await connect(server).http.GET("/v1/{project_id}/secrets", {
      params: { path: { project_id: PROJECT_ID } },
    });
    expect(data?.secrets).toEqual([{ name: "a" }]);
    expect(server.received).toHaveLength(3);
  });
});

/** When each request came, after the one before it, in milliseconds. */
async function gaps(...answers: [Answer, ...Answer[]]): Promise<number[]> {
  const times: number[] = [];
  const [first, ...rest] = answers.map(
    (answer): Answer =>
      (...exchange) => {
        times.push(performance.now());
        answer(...exchange);
      },
  );
  await using server = await serve(first as Answer, ...rest);
  await connect(server).listSecrets();
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

describe.concurrent("Retry-After", () => {
  // A timer of Node's may fire a millisecond early.
  test("seconds", async () => {
    const [gap] = await gaps(busy("1"), page([]));
    expect(gap).toBeGreaterThan(995);
  });

  test("a date", async () => {
    // A date has whole seconds.
    const date = Math.ceil(Date.now() / 1000 + 0.1) * 1000;
    await gaps(busy(new Date(date).toUTCString()), page([]));
    expect(Date.now()).toBeGreaterThanOrEqual(date - 5);
  });

  test("a date counts from the answer's own Date, however wrong our clock is", async () => {
    const date = Date.now() - 300_000;
    const times = { date: new Date(date).toUTCString(), "retry-after": new Date(date + 1_000).toUTCString() };
    const [gap] = await gaps(reply(503, "", times), page([]));
    expect(gap).toBeGreaterThan(995);
  });

  test.for(["3600", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])(
    "%s is too long: the error comes at once",
    async (retryAfter) => {
      await using server = await serve(busy(retryAfter));
      await expect(connect(server).listSecrets()).rejects.toMatchObject({ name: "CsmsApiError", retryable: true });
      expect(server.received).toHaveLength(1);
    },
  );
});

test("a Retry-After that is past is now, without a warning of the platform's", async () => {
  // The usual waits would be longer than the test may take.
  vi.spyOn(Math, "random").mockReturnValue(99);
  const warnings: Error[] = [];
  const listen = (warning: Error) => warnings.push(warning);
  process.on("warning", listen);
  const past = busy("Wed, 21 Oct 2015 07:28:00 GMT");
  await gaps(past, past, past, page([]));
  process.off("warning", listen);
  expect(warnings).toEqual([]);
}, 15_000);

test.for(["soon", "-1", "1.5"])("Retry-After %o says nothing: the wait is the usual one", async (retryAfter) => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const [gap] = await gaps(busy(retryAfter), page([]));
  expect(gap).toBeGreaterThan(95);
});

test("without Retry-After the waits double", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const [first, second] = await gaps(reply(503), reset, page([]));
  expect(first).toBeGreaterThan(95);
  expect(second).toBeGreaterThan(195);
});

test("the waits are random from nothing on", async () => {
  const waits = await gaps(reply(503), reply(503), reply(503), page([]));
  // Without jitter they are 1400 ms at the least.
  expect(waits.reduce((sum, wait) => sum + wait)).toBeLessThan(1300);
});

test("an abort ends the wait at once, with the signal's reason", async () => {
  const controller = new AbortController();
  await using server = await serve((response, request) => {
    busy("30")(response, request);
    setTimeout(() => controller.abort("enough"), 50);
  });
  const began = performance.now();
  expect(await reasonOf(connect(server).listSecrets({}, { signal: controller.signal }))).toBe("enough");
  expect(performance.now() - began).toBeLessThan(15_000);
  expect(server.received).toHaveLength(1);
});

test("each attempt is authorised anew", async () => {
  await using server = await serve(busy(), reset, busy(), page([]));
  let attempt = 0;
  const credentials: Credentials = { authorize: async () => ({ "X-Auth-Token": `token-${++attempt}` }) };
  await connect(server, { credentials }).listSecrets();
  const tokens = server.received.map(({ headers }) => headers["x-auth-token"]);
  expect(tokens).toEqual(["token-1", "token-2", "token-3", "token-4"]);
});
