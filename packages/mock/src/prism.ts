import type { IncomingMessage } from "node:http";
import { createLogger } from "@stoplight/prism-core";
import { createInstance, type IHttpMockConfig, type IHttpResponse, ProblemJsonError } from "@stoplight/prism-http";
import { credentialHeaders, type Operation } from "./contract.ts";
import { badRequest, readPreferences, readRequest } from "./prism-request.ts";
import type { Violation } from "./violation.ts";

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
  violations: Violation[];
}

const severities = ["Error", "Warning", "Information", "Hint"] as const;

/**
 * Makes the function that answers requests from the contract, and never rejects.
 *
 * It stands in for Prism's own HTTP server, which hides its `http.Server` and the violations, and which a stray `%` in
 * a path brings down together with the process.
 */
export function createAnswerer(operations: Operation[]): (message: IncomingMessage) => Promise<Answer> {
  const config: IHttpMockConfig = {
    isProxy: false,
    checkSecurity: true,
    validateRequest: true,
    validateResponse: true,
    errors: false,
    upstreamProxy: undefined,
    mock: { dynamic: false },
  };
  const prism = createInstance(config, { logger: createLogger("prism", { level: "silent" }) });
  const served = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`).join(", ");
  const credentials = `No credentials: send the header ${credentialHeaders(operations)}.`;

  return async (message) => {
    try {
      const request = await readRequest(message);
      const mock = readPreferences(message);
      const result = await prism.request(request, operations, { ...config, mock })();
      if (result._tag === "Left") throw explain(result.left, message, served);
      const { output, validations } = result.right;
      const violations = [
        ...validations.input.map((violation) => describe("request", violation)),
        ...validations.output.map((violation) => describe("response", violation)),
      ];
      for (const violation of violations) if (violation.code === 401) violation.message = credentials;
      return toAnswer(output, violations);
    } catch (error) {
      if (error instanceof URIError) return problem(badRequest("The path has a % that encodes no character."));
      return problem(error);
    }
  };
}

type Diagnostic = Pick<Violation, "code" | "message"> & { path?: string[]; severity: number };

function describe(side: "request" | "response", { path = [], severity, code, message }: Diagnostic): Violation {
  return { location: [side, ...path], severity: severities[severity] ?? "Error", code, message };
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

/** What the contract has no answer for, in the mock's own voice (RFC 9457). */
function problem(error: unknown): Answer {
  const cause: Error = error instanceof Error ? error : new Error(String(error));
  const body = ProblemJsonError.toProblemJson(cause);
  const violation = { location: ["request"], severity: severities[0], message: body.detail || body.title };
  const headers = { "Content-type": "application/problem+json" };
  return toAnswer({ statusCode: body.status, headers, body }, [violation]);
}

function toAnswer({ statusCode, headers, body }: IHttpResponse, violations: Violation[]): Answer {
  return {
    status: statusCode,
    headers: {
      ...headers,
      ...(violations.length > 0 && { "sl-violations": asciiJson(violations.slice(0, 20)) }),
    },
    body: body === undefined ? "" : JSON.stringify(body),
    violations,
  };
}

/** A header carries no other characters. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
