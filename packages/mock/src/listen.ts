import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { answerMalformed, mostHeaderBytes } from "./malformed.ts";
import type { MockRequest } from "./mock-request.ts";
import type { Settings } from "./options.ts";

/** Starts an HTTP server. */
export async function listen(
  { port, host }: Settings,
  onRequest: RequestListener,
  record: (request: MockRequest) => unknown,
): Promise<{ url: string; close(): Promise<void> }> {
  // Without a Host header Node would answer by itself.
  const server = createServer({ maxHeaderSize: mostHeaderBytes, requireHostHeader: false }, onRequest);
  // Whatever a client expects, which Node would refuse by itself.
  server.on("checkExpectation", onRequest);
  answerMalformed(server, record);
  server.listen(port, host);
  await once(server, "listening");

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: toUrl(server.address() as AddressInfo), close };
}

function toUrl({ address, family, port }: AddressInfo): string {
  if (address === "0.0.0.0" || address === "::") return `http://127.0.0.1:${port}`;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}
