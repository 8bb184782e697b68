import { CsmsApiError, CsmsResponseError } from "./errors.ts";
import type { Answer } from "./exchange.ts";
import { isRetryable } from "./retry.ts";

/** Reads the service's flat error body, its sibling APIs' nested one, or whatever a gateway sends. */
export function apiError(operationId: string, { status, headers }: Response, body: unknown): CsmsApiError {
  const {
    error_code,
    error_msg,
    request_id,
    code = error_code,
    message = error_msg,
  } = Object(Object(body).error ?? body);
  return new CsmsApiError(`status ${status}, ${code}: ${message ?? excerpt(body)}`, operationId, {
    status,
    code: code && `${code}`,
    requestId: headers.get("x-request-id") ?? request_id,
    retryable: isRetryable(status),
  });
}

/** For an answer with a success status that is not what the contract says. */
export function responseError(operationId: string, { response: { status, headers }, text }: Answer): CsmsResponseError {
  const type = headers.get("content-type");
  return new CsmsResponseError(
    `not what the contract says: status ${status}, ${type}: ${excerpt(text())}`,
    operationId,
    {
      status,
    },
  );
}

function excerpt(text: unknown): string {
  return JSON.stringify(`${text}`.slice(0, 99));
}
