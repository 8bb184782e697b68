import type { TroubleKind } from "./trouble.ts";
import type { Violation } from "./violation.ts";

/** A request that was made to the mock, and how it was answered. */
export interface MockRequest {
  /** Such as `GET`. */
  method: string;
  /** With the query, as it was sent. */
  path: string;
  /** The query's parameters, decoded. One that was sent twice has an array. */
  query: Record<string, string | string[]>;
  /** As they were sent, credentials included, with names in lower case. */
  headers: Record<string, string>;
  /** The status of the answer; 0 when the connection was reset instead. */
  status: number;
  /** How long the answer took to make, in milliseconds, without the latency that was asked for. */
  milliseconds: number;
  /** How the request, or the answer, breaks the contract. Empty when neither does. */
  violations: Violation[];
  /** The option that made trouble of this request, for example `fail`. */
  trouble?: TroubleKind | undefined;
}
