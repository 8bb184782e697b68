import { describe, expect, test, vi } from "vitest";
import { CsmsConnectionError, type FetchLike, type LogEntry } from "../src/index.ts";
import {
  connect,
  PROJECT_ID,
  page,
  reasonOf,
  reply,
  reset,
  secretsPage,
  serve,
  stall,
  useShortestWaits,
} from "./servers.ts";

useShortestWaits();

describe("fetch", () => {
  test("another one is called with a URL and an init", async () => {
    const fetch = vi.fn<FetchLike>(async () => Response.json(secretsPage(["a"])));
    const { secrets } = await connect({ url: "http://localhost" }, { fetch }).listSecrets();
    expect(secrets).toEqual([{ name: "a" }]);
    expect(fetch).toHaveBeenCalledExactlyOnceWith(`http://localhost/v1/${PROJECT_ID}/secrets`, {
      method: "GET",
      headers: { "X-Auth-Token": "a-fixed-token" },
      redirect: "manual",
      signal: expect.any(AbortSignal),
    });
  });

  test("the global one is looked up at each call", async () => {
    const client = connect({ url: "http://localhost" }, { fetch: undefined });
    vi.stubGlobal("fetch", async () => Response.json(secretsPage(["stub"])));
    expect((await client.listSecrets()).secrets).toEqual([{ name: "stub" }]);
  });

  test("an answer need not be the platform's Response", async () => {
    const fetch: FetchLike = async () => ({
      status: 200,
      statusText: "",
      type: "basic",
      url: "",
      headers: new Map([["content-type", "application/json"]]) as unknown as Headers,
      arrayBuffer: async () => new TextEncoder().encode(JSON.stringify(secretsPage(["a"]))).buffer,
    });
    expect((await connect({ url: "http://localhost" }, { fetch }).listSecrets()).secrets).toHaveLength(1);
  });

  test("an answer's text is read at once, with no copy of its bytes", async () => {
    const answer = Response.json(secretsPage(["a"]));
    const arrayBuffer = vi.spyOn(answer, "arrayBuffer");
    const page = await connect({ url: "http://localhost" }, { fetch: async () => answer }).listSecrets();
    expect(page.secrets).toHaveLength(1);
    expect(arrayBuffer).not.toHaveBeenCalled();
  });

  test.for([
    ["an Error", new Error("no route")],
    ["a text", "no route"],
    ["an object", { message: "no route" }],
    ["an Error with a cause", new TypeError("fetch failed", { cause: new Error("no route") })],
    ["an AggregateError without a text", Object.assign(new AggregateError([]), { code: "no route" })],
  ] as const)("one that fails with %s", async ([, failure]) => {
    const fetch = vi.fn<FetchLike>().mockRejectedValue(failure);
    const error = await reasonOf(connect({ url: "http://localhost" }, { fetch, maxRetries: 1 }).listSecrets());
    expect(error).toBeInstanceOf(CsmsConnectionError);
    expect(String(error)).toContain("no route");
    expect(String(error)).toContain("localhost");
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test.for([undefined, null])("one that fails with %s is still an error", async (failure) => {
    const fetch = vi.fn<FetchLike>().mockRejectedValue(failure);
    const request = connect({ url: "http://localhost" }, { fetch, maxRetries: 0 }).listSecrets();
    await expect(request).rejects.toThrow(CsmsConnectionError);
  });
});

describe("log", () => {
  async function entriesOf(...answers: Parameters<typeof serve>): Promise<LogEntry[]> {
    const entries: LogEntry[] = [];
    await using server = await serve(...answers);
    const client = connect(server, { log: (entry) => entries.push(entry), timeout: 2_000 });
    await client.listSecrets({ limit: 5 }).catch(() => {});
    expect(entries).toHaveLength(server.received.length);
    for (const entry of entries) {
      expect(entry.duration).toBeGreaterThanOrEqual(0);
      expect(entry).toMatchObject({
        operationId: "listSecrets",
        method: "GET",
        url: `${server.url}/v1/${PROJECT_ID}/secrets?limit=5`,
      });
    }
    return entries;
  }

  test("one entry for each attempt", async () => {
    const entries = await entriesOf(reply(503, "", { "retry-after": "0" }), reset, stall, page(["a"]));
    expect(entries.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 503],
      [2, 0],
      [3, 0],
      [4, 200],
    ]);
    expect(entries.map(({ error }) => error instanceof Error && error.name)).toEqual([
      false,
      "CsmsConnectionError",
      "CsmsTimeoutError",
      false,
    ]);
  });

  test("only headers of its list", async () => {
    const headers = {
      "content-type": "application/json",
      "x-request-id": "r-1",
      "retry-after": "7",
      "set-cookie": "session=1",
      "x-subject-token": "t",
      "x-echo": "e",
    };
    const [entry] = await entriesOf(reply(200, secretsPage([]), headers));
    const names = Object.keys(entry?.headers ?? {});
    expect(names).toEqual(expect.arrayContaining(["content-type", "x-request-id", "retry-after"]));
    const allowed = ["content-length", "content-type", "date", "retry-after", "x-request-id"];
    expect(names.filter((name) => !allowed.includes(name))).toEqual([]);
  });

  test("off by default", async () => {
    const spies = (["log", "info", "warn", "error", "debug"] as const).map((name) => vi.spyOn(console, name));
    await using server = await serve(reply(503, "", { "retry-after": "0" }), reply(401));
    await expect(connect(server).listSecrets()).rejects.toThrow();
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  });
});
