import { Problem } from "./answer.ts";
import type { Operation } from "./contract.ts";
import {
  checkResponse,
  type Diagnostic,
  type IHttpOperationConfig,
  type IHttpResponse,
  mockResponse,
} from "./prism.ts";

/** What the service says of a body that it can't take. Of all else it says the contract's first example. */
const wrongBody = { error_code: "CSMS.0004", error_msg: "The format of the request body is invalid." };

/** The contract's answer to a request with errors. @throws {Problem} It has none. */
export function answerErrors(operation: Operation, errors: Diagnostic[]): IHttpResponse {
  const example = attempt(operation, errors, { dynamic: false });
  const status = errors.some(({ code }) => code === 401) ? 401 : 400;
  if (!example) throw new Problem(status, errors.map(({ message }) => message).join(". "));
  // Of a contract that has only a default Prism makes 422, which the service never says.
  const isDeclared = operation.responses.some(({ code }) => code === String(example.statusCode));
  const response = isDeclared ? example : { ...example, statusCode: status };
  const ofBody = { ...response, body: wrongBody };
  const isBody = errors.every(({ path: [part] = [] }) => part === "body");
  return isBody && checkResponse(operation, ofBody).length === 0 ? ofBody : response;
}

/** The contract's answer as it is preferred; undefined when it has none. */
export function answerPreferred(operation: Operation, preferences: IHttpOperationConfig): IHttpResponse | undefined {
  const response = attempt(operation, [], preferences);
  // Prism falls back to another status when this one has no such example.
  return response && (preferences.code ?? response.statusCode) === response.statusCode ? response : undefined;
}

/** The contract's first success. */
export function answerUsually(operation: Operation): IHttpResponse {
  return mockResponse(operation, [], { dynamic: false });
}

function attempt(operation: Operation, faults: Diagnostic[], config: IHttpOperationConfig): IHttpResponse | undefined {
  try {
    return mockResponse(operation, faults, config);
  } catch {
    return undefined;
  }
}
