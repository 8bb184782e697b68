import type { ServerResponse } from "node:http";
import type { Answer } from "./answer.ts";
import type { ReceivedRequest } from "./received-request.ts";
import type { Outcome } from "./service.ts";

/** Browsers may call from any origin. */
export const cors = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "*" };

/** Sends an answer, or what is left of it. */
export function send(response: ServerResponse, { status, headers, body, trouble, isReset }: Outcome): void {
  if (isReset) {
    response.socket?.resetAndDestroy();
    return;
  }
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (trouble !== "truncate") {
    response.end(body);
    return;
  }
  const bytes = Buffer.from(body);
  response.setHeader("Content-Length", bytes.length);
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}

/** What a browser asks before it sends a token from another origin, and what anybody may ask. */
export function answerOptions({ headers }: ReceivedRequest, methods: string): Answer {
  const { "access-control-request-method": method, "access-control-request-headers": names } = headers;
  return {
    status: 204,
    headers: {
      Allow: methods,
      "Access-Control-Allow-Methods": method ?? methods,
      // A star would not stand for Authorization.
      "Access-Control-Allow-Headers": names ?? "*",
      // Chromium asks for this when a page from the internet calls a server on the machine.
      ...(headers["access-control-request-private-network"] && { "Access-Control-Allow-Private-Network": "true" }),
    },
    body: "",
    violations: [],
  };
}
