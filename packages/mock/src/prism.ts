import { createLogger } from "@stoplight/prism-core";
import mocker from "@stoplight/prism-http/dist/mocker/index.js";
import router from "@stoplight/prism-http/dist/router/index.js";
import type { IHttpOperationConfig, IHttpRequest, IHttpResponse } from "@stoplight/prism-http/dist/types.js";
import { validateInput, validateOutput, validateSecurity } from "@stoplight/prism-http/dist/validator/index.js";
import { ValidationContext } from "@stoplight/prism-http/dist/validator/validators/types.js";
import { validateAgainstSchema } from "@stoplight/prism-http/dist/validator/validators/utils.js";
import type { Operation } from "./contract.ts";

// Prism's parts, one by one. Its `request()` chains them all, so that nothing can be checked without being answered, and
// waits between them; its HTTP server hides the `http.Server` and the violations.

export type { IHttpOperationConfig, IHttpRequest, IHttpResponse };
export type Schema = Parameters<typeof validateAgainstSchema>[1];

/** What is wrong, as Prism tells it. */
export interface Diagnostic {
  message: string;
  /** 0 is an error, 1 a warning. */
  severity: number;
  code?: string | number;
  path?: string[];
}

const [mock, route] = [defaultOf(mocker), defaultOf(router)];
const logger = createLogger("prism", { level: "silent" });

/** The operation of a request; undefined when the contract has none of this path and method. */
export function findOperation(operations: Operation[], request: IHttpRequest): Operation | undefined {
  const found = route({ resources: operations, input: request });
  return found._tag === "Right" ? found.right : undefined;
}

/** What is wrong with a request's credentials, parameters and body. */
export function checkRequest(operation: Operation, request: IHttpRequest): Diagnostic[] {
  const input = { resource: operation, element: request };
  const security = validateSecurity(input);
  const rest = validateInput(input);
  return [
    ...(security._tag === "Left" ? security.left : []),
    // What is wrong with a body as a whole has no path.
    ...(rest._tag === "Left" ? rest.left.map((each) => ({ ...each, path: each.path ?? ["body"] })) : []),
  ];
}

/** What is wrong with an answer: its status, headers and body. */
export function checkResponse(operation: Operation, response: IHttpResponse): Diagnostic[] {
  const checked = validateOutput({ resource: operation, element: response });
  return checked._tag === "Left" ? checked.left : [];
}

/** What is wrong with a query by this schema, whose properties are the parameters as text. */
export function checkQuery(query: Record<string, string | string[]>, schema: Schema): Diagnostic[] {
  const faults = validateAgainstSchema(query, schema, true, ValidationContext.Input, "query");
  return faults._tag === "Some" ? faults.value : [];
}

/** What is wrong with any value by a schema. */
export function checkValue(value: unknown, schema: Schema): Diagnostic[] {
  const faults = validateAgainstSchema(value, schema, false, ValidationContext.Input);
  if (faults._tag === "None") return [];
  // Prism begins with what it speaks of, which is a request for it.
  return faults.value.map((fault) => ({
    ...fault,
    message: fault.message.replace(/^Request (parameter .*? (?=must ))?/, ""),
  }));
}

/**
 * The contract's answer: to the faults that are told, else the first success or what the configuration asks for.
 *
 * @throws Prism's error when the contract has none.
 */
export function mockResponse(operation: Operation, faults: Diagnostic[], config: IHttpOperationConfig): IHttpResponse {
  const request = { method: operation.method as IHttpRequest["method"], url: { path: operation.path } };
  const input = { data: request, validations: faults };
  const answered = mock({ resource: operation, input, config })(logger);
  if (answered._tag === "Left") throw answered.left;
  return answered.right;
}

/** Node gives all that CommonJS exports; a tool that turns modules into others, what it calls `default`. */
function defaultOf<Value>(exported: { default: Value }): Value {
  return typeof exported === "function" ? (exported as Value) : exported.default;
}
