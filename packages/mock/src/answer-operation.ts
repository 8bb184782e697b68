import { type Answer, bareResponse, Problem, problemAnswer, toAnswer } from "./answer.ts";
import { checkRequest } from "./check-request.ts";
import { nameAnswers, type Operation, readParameters } from "./contract.ts";
import { answerErrors, answerPreferred, answerUsually } from "./contract-answer.ts";
import type { Credentials } from "./credentials.ts";
import type { Csms } from "./csms.ts";
import type { NextAnswer } from "./next-answer.ts";
import { readPreferences } from "./preferences.ts";
import { checkResponse, type Diagnostic } from "./prism.ts";
import type { ReceivedRequest } from "./received-request.ts";
import { addHeaders, toResponse } from "./told-response.ts";
import type { Violation } from "./violation.ts";

/** What an answer depends on, beside the request. */
export interface Circumstances {
  csms: Csms | undefined;
  credentials: Credentials;
  /** What a test told. */
  told: NextAnswer | undefined;
  /** The status of a trouble. */
  status: number | undefined;
}

/** Answers a request to an operation, whatever is wrong with it. */
export function answerOperation(operation: Operation, request: ReceivedRequest, circumstances: Circumstances): Answer {
  const { credentials, told, status } = circumstances;
  const faults = checkRequest(operation, request, credentials);
  const violations = faults.map((fault) => toViolation("request", fault));
  const response = told && toResponse(operation, told);
  if (response) {
    const answer = toAnswer(response, violations);
    return typeof told.body === "string" ? { ...answer, body: told.body } : answer;
  }
  if (status !== undefined) {
    const example = answerPreferred(operation, { dynamic: false, code: status });
    return toAnswer(example ?? bareResponse(status), violations);
  }
  return addHeaders(answerUsual(operation, request, circumstances, faults), told?.headers ?? {});
}

function answerUsual(
  operation: Operation,
  request: ReceivedRequest,
  { csms }: Circumstances,
  faults: Diagnostic[],
): Answer {
  const violations = faults.map((fault) => toViolation("request", fault));
  const errors = faults.filter(({ severity }) => severity === 0);
  if (errors.length > 0) return toAnswer(answerErrors(operation, errors), violations);
  const preferences = readPreferences(request.headers);
  const known = preferences ? undefined : csms?.[operation.iid ?? ""];
  const response =
    known?.(readParameters(operation, request)) ??
    (preferences ? answerPreferred(operation, preferences) : answerUsually(operation));
  if (!response) {
    const none = `The contract has no answer of this operation for Prefer: ${request.headers.prefer}.`;
    throw new Problem(400, `${none} It has these codes, with their examples: ${nameAnswers(operation)}.`);
  }
  const wrong = checkResponse(operation, response).map((fault) => toViolation("response", fault));
  return known && wrong.length > 0 ? wrongAnswer(wrong) : toAnswer(response, [...violations, ...wrong]);
}

/** The CSMS is at fault, not the request: nobody should take its answer for the service's. */
function wrongAnswer(violations: Violation[]): Answer {
  const messages = violations.slice(0, 20).map(({ message }) => message);
  return problemAnswer(
    new Problem(500, `The mock's own answer breaks the contract. ${messages.join(". ")}.`),
    violations,
  );
}

const severities = ["Error", "Warning", "Information", "Hint"] as const;

function toViolation(side: "request" | "response", { path = [], severity, code, message }: Diagnostic): Violation {
  return { location: [side, ...path], severity: severities[severity] ?? "Error", code, message };
}
