import { CsmsApiError, CsmsResponseError } from "./errors.ts";
import { redact } from "./redact.ts";
import { isRetryable } from "./retry.ts";

/**
 * For an error status, whose body is the service's flat one, its sibling APIs' nested one, or whatever a gateway sends;
 * and for a success status, when the answer is not what the contract says.
 */
export function answerError(
  operationId: string,
  { status, headers }: Response,
  body: unknown,
  secrets: readonly string[] = [],
): CsmsApiError | CsmsResponseError {
  const quote = (...parts: unknown[]) => redact(parts.filter(Boolean).join(", ").slice(0, 999), secrets);
  const text = typeof body === "string" ? body : (JSON.stringify(body) ?? "");
  const excerpt = text.replace(/\s+/g, " ").slice(0, 200);
  if (status < 400) {
    const message = quote("not what the contract says", `status ${status}`, headers.get("content-type"), excerpt);
    return new CsmsResponseError(message, operationId, { status });
  }
  const { error } = Object(body);
  const flat = Object(Object(error) === error ? error : body);
  const { error_code, error_msg, request_id, code = error_code, message = error_msg } = flat;
  const requestId = headers.get("x-request-id") ?? request_id;
  return new CsmsApiError(quote(`status ${status}`, code, message ?? (code ? "" : excerpt)), operationId, {
    status,
    code: code && quote(code),
    requestId: requestId && quote(requestId),
    retryable: isRetryable(status),
  });
}
