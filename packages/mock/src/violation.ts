/** How a request, or the mock's answer to it, breaks the contract. */
export interface Violation {
  /** Where, for example `["request", "query", "limit"]`. */
  location: string[];
  /** An `Error` in a request gets 400 or 401, one in an answer of the small CSMS 500. The others only tell. */
  severity: "Error" | "Warning" | "Information" | "Hint";
  /** The rule that is broken, for example `pattern`; 401 when credentials are missing. */
  code?: string | number | undefined;
  /** What is wrong, in a sentence. */
  message: string;
}
