import type { ResponseLike } from "./fetch.ts";

const BASE_DELAY = 200;
const MAX_DELAY = 20_000;
const MAX_RETRY_AFTER = 60_000;

/** Whether an answer of this status may be another one later. */
export function isRetryable(status: number): boolean {
  return [408, 429, 500, 502, 503, 504].includes(status);
}

/** The server's clock, in milliseconds since 1970; undefined when the answer does not show it. */
export function readServerTime({ headers }: Pick<ResponseLike, "headers">): number | undefined {
  return Date.parse(headers.get("date") ?? "") || undefined;
}

/** What `Retry-After` says (RFC 9110, 10.2.3), in milliseconds: a date counts from the answer's own, not our clock. */
export function readRetryAfter(response: Pick<ResponseLike, "headers">): number | undefined {
  const text = response.headers.get("retry-after") ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const wait = /[a-z]/i.test(text) ? Date.parse(text) - (readServerTime(response) ?? Date.now()) : Number.NaN;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/**
 * How long to wait before the next attempt, in milliseconds: what the server wants, or else a random part of a span that
 * doubles with each retry. Undefined when the server wants more than a minute.
 */
export function retryDelay(retries: number, retryAfter: number | undefined): number | undefined {
  if (retryAfter === undefined) return Math.random() * Math.min(MAX_DELAY, BASE_DELAY * 2 ** retries);
  return retryAfter > MAX_RETRY_AFTER ? undefined : retryAfter;
}
