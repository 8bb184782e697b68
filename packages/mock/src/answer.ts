import { STATUS_CODES } from "node:http";
import type { IHttpResponse } from "./prism.ts";
import type { Violation } from "./violation.ts";

/** An answer to send. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** How the request, or the answer itself, breaks the contract. */
  violations: Violation[];
}

/** A request that the contract has no answer for. */
export class Problem extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.status = status;
    this.headers = headers;
  }
}

export function toAnswer(response: IHttpResponse, violations: Violation[]): Answer {
  const { statusCode, headers = {}, body } = response;
  // Prism gives null for a header without an example.
  const given = Object.entries(headers).filter(([, value]) => value !== null);
  return {
    status: statusCode,
    headers: { ...Object.fromEntries(given), ...violationHeader(violations) },
    body: body === undefined ? "" : isJson(mediaTypeOf(response)) ? JSON.stringify(body) : String(body),
    violations,
  };
}

export function mediaTypeOf({ headers = {} }: IHttpResponse): string {
  const [, value = ""] = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type") ?? [];
  return value;
}

/** Whether a media type is JSON, as `application/json` and `application/problem+json` are. */
export function isJson(mediaType: string): boolean {
  return /[/+]json\b/i.test(mediaType);
}

/** What the contract has no answer for, in the mock's own voice (RFC 9457), and so that a client of the API reads it. */
export function problemAnswer(error: unknown, violations?: Violation[]): Answer {
  const problem = error instanceof Problem ? error : new Problem(500, `The mock failed. ${String(error)}`);
  const { status, message: detail } = problem;
  const body = {
    type: "about:blank",
    title: STATUS_CODES[status],
    status,
    detail,
    error_code: `MOCK.0${status}`,
    error_msg: detail,
  };
  const headers = { ...problem.headers, "Content-Type": "application/problem+json" };
  return toAnswer(
    { statusCode: status, headers, body },
    violations ?? [{ location: ["request"], severity: "Error", message: detail }],
  );
}

/** A status that the contract does not have, as a gateway says it. */
export function bareResponse(statusCode: number): IHttpResponse {
  if (statusCode < 400) return { statusCode };
  const body = { error_code: "APIGW.0201", error_msg: `${STATUS_CODES[statusCode] ?? "Error"}.` };
  return { statusCode, headers: { "Content-Type": "application/json" }, body };
}

// A client refuses headers that are longer than some thousand characters together.
const longestHeader = 4000;
const longestText = 300;

function violationHeader(violations: Violation[]): Record<string, string> {
  const shown = violations.slice(0, 20);
  while (toHeader(shown).length > longestHeader) shown.pop();
  return shown.length > 0 ? { "sl-violations": toHeader(shown) } : {};
}

/** As JSON, in the characters that a header carries. */
function toHeader(value: unknown): string {
  const json = JSON.stringify(value, (_, text) =>
    typeof text === "string" && text.length > longestText ? `${text.slice(0, longestText)}…` : text,
  );
  return json.replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
