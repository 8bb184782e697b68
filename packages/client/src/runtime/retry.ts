const BASE_DELAY = 200;
const MAX_DELAY = 20_000;
const MAX_RETRY_AFTER = 60_000;

/** Whether an answer of this status may be another one later. */
export function isRetryable(status: number): boolean {
  return /^(408|429|50[0234])$/.test(`${status}`);
}

/**
 * How long to wait before the next attempt, in milliseconds: what `Retry-After` says (RFC 9110, 10.2.3), or else a
 * random part of a span that doubles with each retry. Undefined when the server wants more than a minute.
 */
export function retryDelay(retries: number, retryAfter?: string | null): number | undefined {
  const text = `${retryAfter}`;
  const wanted = /^\d+$/.test(text) ? +text * 1000 : /[a-z]/i.test(text) ? Date.parse(text) - Date.now() : NaN;
  if (Number.isNaN(wanted)) return Math.random() * Math.min(MAX_DELAY, BASE_DELAY * 2 ** retries);
  return wanted > MAX_RETRY_AFTER ? undefined : Math.max(0, wanted);
}
