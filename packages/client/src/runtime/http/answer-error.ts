import { CsmsApiError, CsmsResponseError } from "../errors.ts";
import type { ResponseLike } from "./fetch.ts";
import { redact } from "./redact.ts";
import { isRetryable, readRetryAfter, readServerTime } from "./retry.ts";

// A request id is no secret, and may share a few digits with one.
const LONG_PIECE = 12;
// A signature's time may be 15 minutes off.
const MAX_SKEW = 5 * 60_000;
const toText = (time: number) => new Date(time).toISOString();

/**
 * For an error status, whose body is the service's flat one, its sibling APIs' nested one, or whatever a gateway sends;
 * and for a success status, when the answer is not what the contract says.
 */
export function answerError(
  operationId: string,
  response: Pick<ResponseLike, "status" | "headers">,
  body: unknown,
  secrets: readonly string[] = [],
): CsmsApiError | CsmsResponseError {
  const { status, headers } = response;
  // Cut after it was redacted: else a piece of a secret too short to be known as one could be left.
  const quote = (text: unknown, length = 600) => redact(`${text}`.slice(0, 4_000), secrets).slice(0, length);
  const list = (...parts: unknown[]) => parts.filter(Boolean).join(", ");
  const text = typeof body === "string" ? body : (JSON.stringify(body) ?? "");
  const excerpt = quote(text.replace(/\s+/g, " "), 200);
  if (status < 400) {
    const message = list("not what the contract says", `status ${status}`, headers.get("content-type"), excerpt);
    return new CsmsResponseError(message, operationId, { status });
  }
  const { error } = Object(body);
  const flat = Object(Object(error) === error ? error : body);
  const { error_code, error_msg, request_id, code = error_code, message = error_msg } = flat;
  const requestId = headers.get("x-request-id") ?? request_id;
  const shownCode = code && quote(code, 100);
  const shownMessage = message == null ? !code && excerpt : quote(message);
  const serverTime = readServerTime(response);
  const clocks =
    status === 401 && serverTime && Math.abs(serverTime - Date.now()) > MAX_SKEW
      ? `the service's clock says ${toText(serverTime)}, this one ${toText(Date.now())}`
      : "";
  return new CsmsApiError(list(`status ${status}`, shownCode, shownMessage, clocks), operationId, {
    status,
    code: shownCode,
    requestId: requestId && redact(String(requestId).slice(0, 999), secrets, LONG_PIECE),
    retryAfter: readRetryAfter(response),
    retryable: isRetryable(status),
  });
}
