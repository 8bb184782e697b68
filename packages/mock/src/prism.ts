import { type IncomingMessage, STATUS_CODES } from "node:http";
import { createLogger } from "@stoplight/prism-core";
import {
  createInstance,
  type IHttpConfig,
  type IHttpRequest,
  type IHttpResponse,
  type PrismHttpComponents,
  ProblemJsonError,
} from "@stoplight/prism-http";
import { credentialHeaders, limitParameters, type Operation, readParameters } from "./contract.ts";
import type { Csms } from "./csms.ts";
import { badRequest, readPreferences, readRequest } from "./prism-request.ts";
import type { Violation } from "./violation.ts";

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  violations: Violation[];
}

const severities = ["Error", "Warning", "Information", "Hint"] as const;

/** Answers a request from the contract, or with a status that it is told. Never rejects. */
export type Answerer = (message: IncomingMessage, status?: number) => Promise<Answer>;

/**
 * Makes the function that answers requests: from the contract's examples, or from a CSMS behind Prism's checks.
 *
 * It stands in for Prism's own HTTP server, which hides its `http.Server` and the violations, and which a stray `%` in
 * a path brings down together with the process.
 */
export function createAnswerer(operations: Operation[], csms?: Csms): Answerer {
  const shared = { checkSecurity: true, validateRequest: true, validateResponse: true, upstreamProxy: undefined };
  const fromExamples = { ...shared, isProxy: false, errors: false } as const;
  // The forwarder gets what is wrong with a request only when errors are on. It does not look at the address.
  const fromCsms = { ...shared, isProxy: true, errors: true, upstream: new URL("csms:") } as const;
  const logger = createLogger("prism", { level: "silent" });
  const prism = createInstance({ ...fromExamples, mock: { dynamic: false } }, { logger, ...(csms && forwardTo(csms)) });
  const served = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).join(", ");
  const credentials = `No credentials: send the header ${credentialHeaders(operations)}.`;
  const limits = limitParameters(operations);

  return async (message, status) => {
    try {
      const request = await readRequest(message);
      const mock = status ? { dynamic: false, code: status } : readPreferences(message);
      const usesCsms = csms !== undefined && Object.keys(mock).length === 1 && !mock.dynamic;
      const config: IHttpConfig = {
        ...(usesCsms ? fromCsms : fromExamples),
        ...(status && { checkSecurity: false, validateRequest: false }),
        mock,
      };
      const result = await prism.request(request, operations, config)();
      if (result._tag === "Left") {
        if (status) return bareError(status);
        throw explain(result.left, message, served);
      }
      const { output, validations } = result.right;
      const violations = [
        ...validations.input.map((violation) => describe("request", violation)),
        ...validations.output.map((violation) => describe("response", violation)),
        ...findLoneMarkers(request, limits),
      ];
      for (const violation of violations) if (violation.code === 401) violation.message = credentials;
      if (usesCsms && validations.output.length > 0) return wrongAnswer(violations);
      return toAnswer(output, violations);
    } catch (error) {
      if (error instanceof URIError) return problem(badRequest("The path has a % that encodes no character."));
      return problem(error);
    }
  };
}

/** Hands what keeps the contract to the CSMS, and all else back to Prism: it has the contract's answers to a fault. */
function forwardTo(csms: Csms): Pick<PrismHttpComponents, "forward"> {
  const unanswered = new ProblemJsonError("https://stoplight.io/prism/errors#UPSTREAM_NOT_IMPLEMENTED", "", 501, "");
  return {
    forward:
      ({ data, validations }, _url, _proxy, operation) =>
      () =>
      async () => {
        const answer =
          validations.length || !operation ? undefined : csms(operation.iid, readParameters(operation, data.url));
        return answer ? { _tag: "Right", right: answer } : { _tag: "Left", left: unanswered };
      },
  };
}

/** The CSMS is at fault, not the request: nobody should take its answer for the service's. */
function wrongAnswer(violations: Violation[]): Answer {
  const messages = violations.slice(0, 20).map(({ message }) => message);
  const detail = `The mock's own answer breaks the contract. ${messages.join(". ")}.`;
  return problem(new ProblemJsonError("about:blank", "The answer is wrong", 500, detail), violations);
}

/** What a gateway says with a status that the contract does not have. */
function bareError(status: number): Answer {
  const body = { error_code: "APIGW.0201", error_msg: `${STATUS_CODES[status] ?? "Error"}.` };
  return toAnswer({ statusCode: status, headers: { "Content-type": "application/json" }, body }, []);
}

type Diagnostic = Pick<Violation, "code" | "message"> & { path?: string[]; severity: number };

function describe(side: "request" | "response", { path = [], severity, code, message }: Diagnostic): Violation {
  return { location: [side, ...path], severity: severities[severity] ?? "Error", code, message };
}

/** The rule that a schema can't say. The service may well answer, so this only tells. */
function findLoneMarkers({ url: { query = {} } }: IHttpRequest, limits: Map<string, string>): Violation[] {
  const lone = [...limits].filter(([marker, limit]) => query[marker] !== undefined && query[limit] === undefined);
  return lone.map(([marker, limit]) => {
    const message = `Request query parameter ${marker} must be used together with ${limit}`;
    return { location: ["request", "query", marker], severity: "Warning", code: "together", message };
  });
}

/** Puts Prism's error into words that say what to do. */
function explain(error: Error, { method, url, headers }: IncomingMessage, served: string): Error {
  if (/NO_(PATH|METHOD)_MATCHED/.test(error.name)) {
    const { title, status } = ProblemJsonError.toProblemJson(error);
    return new ProblemJsonError(error.name, title, status, `The contract has no ${method} ${url}. It has: ${served}.`);
  }
  if (/#NOT_FOUND/.test(String(error))) {
    return badRequest(`The contract has no answer of this operation for Prefer: ${headers.prefer}.`);
  }
  return error;
}

/** What the contract has no answer for, in the mock's own voice (RFC 9457), and so that a client of the API reads it. */
function problem(error: unknown, violations?: Violation[]): Answer {
  const cause: Error = error instanceof Error ? error : new Error(String(error));
  const { status, detail, ...rest } = ProblemJsonError.toProblemJson(cause);
  const message = detail || rest.title;
  const body = { ...rest, status, detail, error_code: `MOCK.0${status}`, error_msg: message };
  const headers = { "Content-type": "application/problem+json" };
  return toAnswer(
    { statusCode: status, headers, body },
    violations ?? [{ location: ["request"], severity: "Error", message }],
  );
}

function toAnswer({ statusCode, headers, body }: IHttpResponse, violations: Violation[]): Answer {
  return {
    status: statusCode,
    headers: {
      ...headers,
      ...violationHeader(violations),
    },
    body: body === undefined ? "" : JSON.stringify(body),
    violations,
  };
}

function violationHeader(violations: Violation[]): Record<string, string> {
  return violations.length > 0 ? { "sl-violations": asciiJson(violations.slice(0, 20)) } : {};
}

/** A header carries no other characters. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
