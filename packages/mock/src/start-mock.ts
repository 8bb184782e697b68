import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { readContract } from "./contract.ts";
import { type Answer, createAnswerer } from "./prism.ts";
import type { Violation } from "./violation.ts";

export interface MockOptions {
  /** The port to listen on. 0 takes any free one. Default: 0. */
  port?: number | undefined;
  /** The address to listen on. Default: `127.0.0.1`, so that nobody else can reach the mock. */
  host?: string | undefined;
  /** Called once for each request, just before its answer is sent. */
  onRequest?: ((request: MockRequest) => void) | undefined;
}

/** A request that was made to the mock, and how it was answered. */
export interface MockRequest {
  method: string;
  /** With the query, as it was sent. */
  path: string;
  /** The status of the answer. */
  status: number;
  /** How long the answer took to make, in milliseconds. */
  milliseconds: number;
  /** How the request, or the answer, breaks the contract. Empty when neither does. */
  violations: Violation[];
}

export interface Mock extends AsyncDisposable {
  /** Where the mock listens, for example `http://127.0.0.1:4010`. */
  readonly url: string;
  /** Stops listening and ends every open connection. */
  close(): Promise<void>;
}

const cors = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "*" };

/**
 * Starts a mock of the CSMS metadata API that answers with the contract's examples.
 *
 * @throws Node's own error when it can't listen, for example `EADDRINUSE` when the port is taken.
 */
export async function startMock({ port = 0, host = "127.0.0.1", onRequest }: MockOptions = {}): Promise<Mock> {
  const answer = createAnswerer(await readContract());
  // An IAM token alone can be longer than all of Node's default.
  const server = createServer({ maxHeaderSize: 64 * 1024 }, async (request, response) => {
    const started = performance.now();
    const { status, headers, body, violations } = preflight(request) ?? (await answer(request));
    onRequest?.({
      method: request.method ?? "",
      path: request.url ?? "",
      status,
      milliseconds: performance.now() - started,
      violations,
    });
    response.statusCode = status;
    for (const [name, value] of Object.entries({ ...headers, ...cors })) response.setHeader(name, value);
    response.end(body);
  });

  server.listen(port, host);
  await once(server, "listening");

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: toUrl(server.address() as AddressInfo), close, [Symbol.asyncDispose]: close };
}

/** What a browser asks before it sends a token from another origin. */
function preflight({ method, headers }: IncomingMessage): Answer | undefined {
  const wanted = headers["access-control-request-method"];
  if (method !== "OPTIONS" || wanted === undefined) return undefined;
  return {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": wanted,
      // A star would not stand for Authorization.
      "Access-Control-Allow-Headers": headers["access-control-request-headers"] ?? "*",
    },
    body: "",
    violations: [],
  };
}

function toUrl({ address, family, port }: AddressInfo): string {
  if (address === "0.0.0.0" || address === "::") return `http://127.0.0.1:${port}`;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
