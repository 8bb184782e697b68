import type { MockData } from "./account.ts";
import type { MockRequest } from "./mock-request.ts";
import type { NextAnswer, PendingAnswer } from "./next-answer.ts";
import type { OperationId } from "./operation-id.ts";

/** A mock that listens. */
export interface Mock extends AsyncDisposable {
  /** Where the mock listens, for example `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The requests that came, the oldest first. Of more than 10000 the oldest are dropped. */
  readonly requests: MockRequest[];
  /** The answers that were told and that nobody has asked for yet, the oldest first. */
  readonly pendingAnswers: PendingAnswer[];
  /**
   * Tells the next answers of an operation, one for each request, whatever is wrong with it. After them, and between
   * them for `{}`, it answers as usual.
   *
   * @param operationId The operation, as the contract names it.
   * @param answers Such as `{ status: 503 }`, or `{ status: 429, headers: { "Retry-After": "0" } }`.
   * @throws {RangeError} An answer breaks the contract, and does not say so with `breaksContract`.
   */
  answerNext(operationId: OperationId, ...answers: NextAnswer[]): void;
  /**
   * Holds other data from now on.
   *
   * @param data Such as `{ secrets: 3 }`, or `{ secrets: [{ name: "db" }] }`. Nothing is left of what it held.
   * @throws {RangeError} The data break the contract. It goes on with what it held.
   */
  set(data: MockData): void;
  /** Makes all as it was when the mock started: data, recorded requests, told answers, tokens, counters and chance. */
  reset(): void;
  /**
   * Stops listening and ends every open connection.
   *
   * @throws What `onRequest` threw first.
   */
  close(): Promise<void>;
}
