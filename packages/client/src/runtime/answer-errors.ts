import { CsmsApiError, CsmsResponseError } from "./errors.ts";
import type { Answer } from "./exchange.ts";
import { redact } from "./redact.ts";
import { isRetryable } from "./retry.ts";

type Quotable = Pick<Answer, "secrets"> | undefined;

/** Reads the service's flat error body, its sibling APIs' nested one, or whatever a gateway sends. */
export function apiError(
  operationId: string,
  { status, headers }: Response,
  body: unknown,
  answer?: Quotable,
): CsmsApiError {
  const { error } = Object(body);
  const flat = Object(Object(error) === error ? error : body);
  const { error_code, error_msg, request_id, code = error_code, message = error_msg } = flat;
  const parts = [`status ${status}`, code, message ?? (code ? "" : excerpt(body))];
  const requestId = headers.get("x-request-id") ?? request_id;
  return new CsmsApiError(quote(parts, answer), operationId, {
    status,
    code: code && quote([code], answer),
    requestId: requestId && quote([requestId], answer),
    retryable: isRetryable(status),
  });
}

/** For an answer with a success status that is not what the contract says. */
export function responseError(
  operationId: string,
  response: Response,
  body: unknown,
  answer?: Quotable,
): CsmsResponseError {
  const { status, headers } = response;
  const parts = ["not what the contract says", `status ${status}`, headers.get("content-type"), excerpt(body)];
  return new CsmsResponseError(quote(parts, answer), operationId, { status });
}

function quote(parts: unknown[], answer: Quotable): string {
  return redact(parts.filter(Boolean).join(", ").slice(0, 999), answer?.secrets ?? []);
}

function excerpt(body: unknown): string {
  const text = typeof body === "string" ? body : (JSON.stringify(body) ?? "");
  return text.replace(/\s+/g, " ").slice(0, 200);
}
