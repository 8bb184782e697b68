import { validateHeaderName, validateHeaderValue } from "node:http";
import { bareResponse, isJson, mediaTypeOf } from "./answer.ts";
import { checkGiven } from "./check-given.ts";
import type { Operation } from "./contract.ts";
import { answerPreferred, answerUsually } from "./contract-answer.ts";
import type { NextAnswer } from "./next-answer.ts";
import { requireObject } from "./options.ts";
import { checkResponse, type IHttpResponse, type Schema } from "./prism.ts";

const schema: Schema = {
  type: "object",
  additionalProperties: false,
  properties: {
    status: { type: "integer", minimum: 200, maximum: 599 },
    headers: { type: "object", additionalProperties: { type: "string" } },
    body: {},
    delay: { type: "number", minimum: 0, maximum: 600_000 },
    reset: { type: "boolean" },
    breaksContract: { type: "boolean" },
  },
};

/**
 * Holds an answer against what an answer can be, and against the contract, and gives a copy.
 *
 * @param place What the answer is called, for example `answers[0]`.
 * @throws {RangeError} It is not what is allowed.
 */
export function checkNextAnswer(operation: Operation, given: NextAnswer, place: string): NextAnswer {
  requireObject(given, place, '{"status": 503}');
  const answer = checkGiven(given, schema, place);
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, value);
    } catch {
      throw new RangeError(
        `${place}.headers: ${JSON.stringify({ [name]: value })} is nothing that a header can carry.`,
      );
    }
  }
  const response = answer.reset ? undefined : toResponse(operation, answer);
  if (!response || answer.breaksContract) return answer;
  // A status that the contract does not have is a warning: a gateway stands before every service.
  const errors = checkResponse(operation, parseText(response)).filter(({ severity }) => severity === 0);
  if (errors.length > 0) {
    const reasons = errors.map(({ message }) => message).join(". ");
    throw new RangeError(
      `${place} breaks the contract. ${reasons}. To send it all the same, add breaksContract: true.`,
    );
  }
  return answer;
}

/** What is sent, but for headers on a usual answer; undefined when that is what it is. */
export function toResponse(operation: Operation, answer: NextAnswer): IHttpResponse | undefined {
  const { status, headers = {}, body } = answer;
  if (body === undefined && status === undefined) return undefined;
  const statusCode = status ?? answerUsually(operation).statusCode;
  if (body !== undefined)
    return addHeaders({ statusCode, headers: { "Content-Type": "application/json" }, body }, headers);
  const example = answerPreferred(operation, { dynamic: false, code: statusCode });
  return addHeaders(example ?? bareResponse(statusCode), headers);
}

/** With more headers, or with others. */
export function addHeaders<Response extends { headers?: IHttpResponse["headers"] }>(
  response: Response,
  more: Record<string, string>,
): Response & { headers: Record<string, string> } {
  const names = Object.keys(more).map((name) => name.toLowerCase());
  const kept = Object.entries(response.headers ?? {}).filter(([name]) => !names.includes(name.toLowerCase()));
  return { ...response, headers: { ...Object.fromEntries(kept), ...more } };
}

function parseText(response: IHttpResponse): IHttpResponse {
  if (typeof response.body !== "string" || !isJson(mediaTypeOf(response))) return response;
  try {
    return { ...response, body: JSON.parse(response.body) };
  } catch {
    return response;
  }
}
