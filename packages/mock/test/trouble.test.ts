import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { MockOptions } from "../src/index.ts";
import { startFixture, things, token } from "./fixture.ts";

/** What a client sees of so many requests, one after the other: a status, or what went wrong. */
async function send(url: string, count: number, headers: Record<string, string> = token) {
  const results: (number | string)[] = [];
  for (let sent = 0; sent < count; sent++) {
    const result = await fetch(url + things, { headers })
      .then(async (response) => {
        await response.text();
        return response.status;
      })
      .catch((error: Error & { cause?: { code?: string } }) => error.cause?.code ?? error.message);
    results.push(result);
  }
  return results;
}

async function trySome(options: MockOptions, count: number) {
  await using mock = await startFixture(options);
  const results = await send(mock.url, count);
  return { results, requests: mock.requests };
}

describe("fail", () => {
  test.each([
    [500, "APIGW.0601"],
    [429, "APIGW.0308"],
    [503, "APIGW.0201"],
  ] as const)("answers with the contract's %i, or one like it", async (status, error_code) => {
    await using mock = await startFixture({ fail: `${status}:1` });
    const response = await fetch(mock.url + things, { headers: token });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("retry-after")).toBe(status === 429 ? "1" : null);
    expect(await response.json()).toMatchObject({ error_code, error_msg: expect.any(String) });
    expect(mock.requests).toMatchObject([{ status, trouble: "fail", violations: [] }]);
  });

  test("tells what is wrong with the request all the same", async () => {
    await using mock = await startFixture({ fail: "503:1" });
    await fetch(`${mock.url}${things}?limit=0`);
    expect(mock.requests).toMatchObject([{ status: 503, violations: [{ code: 401 }, { code: "minimum" }] }]);
  });

  test("does so as often as its chance says", async () => {
    const { results } = await trySome({ fail: ["503:0.25", "500:0.25"] }, 400);
    for (const status of [503, 500]) {
      const count = results.filter((result) => result === status).length;
      expect(count).toBeGreaterThan(60);
      expect(count).toBeLessThan(140);
    }
  });

  test("strikes the same requests for the same seed", async () => {
    const options = { fail: "503:0.5", reset: 0.2, truncate: 0.2 } as const;
    const { results } = await trySome({ ...options, seed: 5 }, 40);
    expect(new Set(results).size).toBe(4);
    expect((await trySome({ ...options, seed: 5 }, 40)).results).toEqual(results);
    expect((await trySome({ ...options, seed: 6 }, 40)).results).not.toEqual(results);
  });
});

test("throttle serves so many in a second, and tells the others to wait for one", async () => {
  await using mock = await startFixture({ throttle: 3 });
  expect(await send(mock.url, 5)).toEqual([200, 200, 200, 429, 429]);
  const response = await fetch(mock.url + things, { headers: token });
  expect(await response.json()).toMatchObject({ error_code: "APIGW.0308" });
  await setTimeout(Number(response.headers.get("retry-after")) * 1000);
  expect(await send(mock.url, 4)).toEqual([200, 200, 200, 429]);
  expect(mock.requests.map(({ trouble }) => trouble).slice(2, 4)).toEqual([undefined, "throttle"]);
});

test("reset ends the connection without an answer", async () => {
  const { results, requests } = await trySome({ reset: 1 }, 2);
  expect(results).toEqual(["ECONNRESET", "ECONNRESET"]);
  expect(requests).toMatchObject([{ status: 0, trouble: "reset" }, { trouble: "reset" }]);
});

test("truncate ends the connection halfway through the body", async () => {
  await using mock = await startFixture({ truncate: 1 });
  const response = await fetch(mock.url + things, { headers: token });
  expect(response.status).toBe(200);
  const decoder = new TextDecoder();
  let text = "";
  await expect(async () => {
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk, { stream: true });
  }).rejects.toThrow("terminated");
  expect(text).toMatch(/^\{"things":\[\{"name":"/);
  expect(text).toHaveLength(Math.floor(Number(response.headers.get("content-length")) / 2));
  expect(mock.requests).toMatchObject([{ status: 200, trouble: "truncate" }]);
});

test("expireTokensAfter ends each token by itself, and no signature", async () => {
  await using mock = await startFixture({ expireTokensAfter: 2 });
  expect(await send(mock.url, 3)).toEqual([200, 200, 401]);
  expect(await send(mock.url, 3, { "X-Auth-Token": "a new one" })).toEqual([200, 200, 401]);
  expect(await send(mock.url, 3, { Authorization: "SDK-HMAC-SHA256 Access=AK" })).toEqual([200, 200, 200]);
  expect(mock.requests.filter(({ trouble }) => trouble === "expireTokensAfter")).toHaveLength(2);
});

describe("latency", () => {
  test("holds an answer back", async () => {
    await using mock = await startFixture({ latency: 300 });
    const started = performance.now();
    await send(mock.url, 1);
    expect(performance.now() - started).toBeGreaterThanOrEqual(299);
    expect(mock.requests[0]?.milliseconds).toBeLessThan(299);
  });

  test("is random between two times", async () => {
    await using mock = await startFixture({ latency: "20-80" });
    const times: number[] = [];
    for (let sent = 0; sent < 8; sent++) {
      const started = performance.now();
      await send(mock.url, 1);
      times.push(performance.now() - started);
    }
    expect(Math.min(...times)).toBeGreaterThanOrEqual(19);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(15);
  });

  test("lets a test see a request that its client gave up, and keeps nobody waiting", async () => {
    const controller = new AbortController();
    await using mock = await startFixture({ latency: 60_000, onRequest: () => controller.abort() });
    const given = fetch(mock.url + things, { headers: token, signal: controller.signal });
    await expect(given).rejects.toThrow("aborted");
    expect(mock.requests).toHaveLength(1);
  });
});

test("no trouble befalls what a browser asks before it sends a token", async () => {
  await using mock = await startFixture({ fail: "503:1", reset: 1, throttle: 1 });
  const response = await fetch(mock.url + things, {
    method: "OPTIONS",
    headers: { Origin: "https://app.example", "Access-Control-Request-Method": "GET" },
  });
  expect(response.status).toBe(204);
});
