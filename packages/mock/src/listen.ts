import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { readContract } from "./contract.ts";
import { createCsms } from "./csms.ts";
import type { MockRequest } from "./mock-request.ts";
import type { Settings } from "./options.ts";
import { type Answer, createAnswerer } from "./prism.ts";
import { readHeaders, readQuery } from "./prism-request.ts";
import { createTrouble, type TroubleKind } from "./trouble.ts";

export interface Listener {
  url: string;
  close(): Promise<void>;
}

const cors = { "Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "*" };

/** Starts the server. It keeps no request, so that it can run for long. */
export async function listen(settings: Settings, onRequest: (request: MockRequest) => void): Promise<Listener> {
  const { port, host, secrets } = settings;
  const csms = secrets === undefined ? undefined : createCsms(settings);
  const answer = createAnswerer(await readContract(), csms);
  const troubleFor = createTrouble(settings);

  // An IAM token alone can be longer than all of Node's default.
  const server = createServer({ maxHeaderSize: 64 * 1024 }, async (request, response) => {
    const started = performance.now();
    const allowed = preflight(request);
    const { delay, kind, status } = allowed ? { delay: 0 } : troubleFor(request);
    const answered = allowed ?? (await answer(request, status));
    onRequest({
      method: request.method ?? "",
      path: request.url ?? "",
      query: readQuery(request),
      headers: readHeaders(request),
      status: kind === "reset" ? 0 : answered.status,
      milliseconds: performance.now() - started,
      violations: answered.violations,
      ...(kind && { trouble: kind }),
    });
    // The server keeps the process alive, not an answer that nobody waits for any more.
    if (delay > 0) await setTimeout(delay, undefined, { ref: false });
    send(response, answered, kind);
  });

  server.listen(port, host);
  await once(server, "listening");

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: toUrl(server.address() as AddressInfo), close };
}

function send(response: ServerResponse, { status, headers, body }: Answer, trouble: TroubleKind | undefined): void {
  if (trouble === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  response.statusCode = status;
  for (const [name, value] of Object.entries({ ...headers, ...cors })) response.setHeader(name, value);
  if (trouble !== "truncate") {
    response.end(body);
    return;
  }
  const bytes = Buffer.from(body);
  response.setHeader("Content-Length", bytes.length);
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
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
