import type { TroubleKind } from "./trouble.ts";
import type { Violation } from "./violation.ts";

/** A request that was made to the mock, and how it was answered. */
export interface MockRequest {
  /** Such as `GET`; empty when the request could not be read. */
  method: string;
  /** With the query, as it was sent. */
  path: string;
  /** The query's parameters, decoded. One that was sent twice has an array. */
  query: Record<string, string | string[]>;
  /** As they were sent, credentials included, with names in lower case. */
  headers: Record<string, string>;
  /** What was sent: JSON as what it says, anything else as text. Undefined without a body. */
  body?: unknown;
  /** The status of the answer; 0 when there was none, because the connection was reset or the body never came. */
  status: number;
  /** How long the answer took to make, in milliseconds, without the latency that was asked for. */
  milliseconds: number;
  /** How the request, or the answer, breaks the contract. Empty when neither does. */
  violations: Violation[];
  /** What made trouble of this request: the option, for example `fail`, or `answerNext`. */
  trouble?: TroubleKind | undefined;
}
