import { Problem } from "./answer.ts";
import type { Operation } from "./contract.ts";
import { type Diagnostic, type IHttpOperationConfig, type IHttpResponse, mockResponse } from "./prism.ts";

/** What the service says of a body that it can't take. Of all else it says the contract's first. */
const wrongBody = "CSMS.0004";

/** The contract's answer to a request with errors. @throws {Problem} It has none. */
export function answerErrors(operation: Operation, errors: Diagnostic[]): IHttpResponse {
  const isBody = errors.every(({ path: [part] = [] }) => part === "body");
  const example = isBody ? findError(operation, 400, wrongBody) : undefined;
  const response = attempt(operation, errors, { dynamic: false, ...(example && { code: 400, exampleKey: example }) });
  const status = errors.some(({ code }) => code === 401) ? 401 : 400;
  // Of a contract that has only a default Prism makes 422, which the service never says.
  const isDeclared = operation.responses.some(({ code }) => code === String(response?.statusCode));
  if (response) return isDeclared ? response : { ...response, statusCode: status };
  throw new Problem(status, errors.map(({ message }) => message).join(". "));
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

/** The name of the example with this error code. */
function findError({ responses }: Operation, status: number, code: string): string | undefined {
  const response = responses.find((each) => each.code === String(status));
  const examples = response?.contents?.flatMap(({ examples = [] }) => examples) ?? [];
  return examples.find((example) => "value" in example && Object(example.value).error_code === code)?.key;
}
