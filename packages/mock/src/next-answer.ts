/** An answer that a test tells the mock to give. With neither `status` nor `body` it is what it usually is. */
export interface NextAnswer {
  /** From 200 to 599. Without a `body` it comes with the contract's example of it. Default: the operation's success. */
  status?: number | undefined;
  /** Beside those that the answer has, or instead of them. */
  headers?: Record<string, string> | undefined;
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  /** How long it is held back, in milliseconds, at most 600000. Default: 0. */
  delay?: number | undefined;
  /** The connection is reset instead. Default: false. */
  reset?: boolean | undefined;
  /** It is sent even if it breaks the contract. Default: false, so that it is refused. */
  breaksContract?: boolean | undefined;
}

/** An answer that was told, and not yet asked for. */
export interface PendingAnswer {
  /** The operation that it answers. */
  operationId: string;
  /** As it was told. */
  answer: NextAnswer;
}
