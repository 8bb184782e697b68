import type { MockRequest } from "./mock-request.ts";
import type { ReceivedRequest } from "./received-request.ts";
import type { Outcome } from "./service.ts";

/** The record of a request and its answer. */
export function toRecord(request: ReceivedRequest, outcome: Outcome, milliseconds: number): MockRequest {
  const { method, target, query, headers, body } = request;
  const { status, violations, trouble, isReset } = outcome;
  return {
    method,
    path: target,
    query,
    headers,
    ...(body !== undefined && { body }),
    status: isReset ? 0 : status,
    milliseconds,
    violations,
    ...(trouble && { trouble }),
  };
}
