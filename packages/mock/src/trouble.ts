import type { IncomingHttpHeaders } from "node:http";
import { draw } from "./random.ts";

export interface TroubleOptions {
  /** How long each answer is held back, in milliseconds, at most 600000: `100`, or `"50-200"` for a random time. */
  latency?: number | `${number}-${number}` | undefined;
  /**
   * Statuses to fail with, from 400 to 599, each with its chance from 0 to 1: `"503:0.1"`, or several. The answer is the
   * contract's own where it has one of that status.
   */
  fail?: `${number}:${number}` | `${number}:${number}`[] | undefined;
  /** How many requests are served in a second. The others get 429 with `Retry-After`. */
  throttle?: number | undefined;
  /** The chance, from 0 to 1, that the connection is reset instead of an answer. */
  reset?: number | undefined;
  /** The chance, from 0 to 1, that the connection ends halfway through the body. */
  truncate?: number | undefined;
  /** How many requests each `X-Auth-Token` is good for. After that it gets 401. A signature does not expire. */
  expireTokensAfter?: number | undefined;
}

/** The option that made the trouble, or the method that told it. */
export type TroubleKind = "fail" | "throttle" | "reset" | "truncate" | "expireTokensAfter" | "answerNext";

/** What befalls a request: how long its answer takes, in milliseconds, and what happens instead of it. */
export interface Trouble {
  delay: number;
  kind?: TroubleKind | undefined;
  /** The status to answer with. */
  status?: number | undefined;
}

export interface TroubleSettings {
  seed?: number | undefined;
  latency?: { least: number; most: number } | undefined;
  fail?: { status: number; chance: number }[] | undefined;
  throttle?: number | undefined;
  reset?: number | undefined;
  truncate?: number | undefined;
  expireTokensAfter?: number | undefined;
}

/** Makes the function that tells what befalls a request. Chance follows from the seed and the count of requests. */
export function createTrouble(settings: TroubleSettings): (headers: IncomingHttpHeaders) => Trouble {
  const { seed = 1, latency = { least: 0, most: 0 }, fail = [], reset = 0, truncate = 0 } = settings;
  const { throttle = Number.POSITIVE_INFINITY, expireTokensAfter = Number.POSITIVE_INFINITY } = settings;
  const tokenUses = new Map<string, number>();
  let requestCount = 0;
  let second = { start: Number.NEGATIVE_INFINITY, count: 0 };

  function isThrottled(): boolean {
    const now = performance.now();
    if (now - second.start >= 1000) second = { start: now, count: 0 };
    return ++second.count > throttle;
  }

  function isExpired(headers: IncomingHttpHeaders): boolean {
    const token = headers["x-auth-token"];
    if (expireTokensAfter === Number.POSITIVE_INFINITY || typeof token !== "string") return false;
    const uses = (tokenUses.get(token) ?? 0) + 1;
    tokenUses.set(token, uses);
    return uses > expireTokensAfter;
  }

  return (headers) => {
    const [waiting = 0, resetting = 0, failing = 0, truncating = 0] = draw(seed, "trouble", requestCount++);
    const delay = latency.least + waiting * (latency.most - latency.least);
    if (resetting < reset) return { delay, kind: "reset" };
    if (isThrottled()) return { delay, kind: "throttle", status: 429 };
    if (isExpired(headers)) return { delay, kind: "expireTokensAfter", status: 401 };
    let passed = 0;
    for (const { status, chance } of fail) {
      passed += chance;
      if (failing < passed) return { delay, kind: "fail", status };
    }
    return { delay, kind: truncating < truncate ? "truncate" : undefined };
  };
}
