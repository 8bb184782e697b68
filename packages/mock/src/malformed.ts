import { type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type Answer, Problem, problemAnswer } from "./answer.ts";
import type { MockRequest } from "./mock-request.ts";

/** An IAM token alone can be longer than all of Node's default. */
export const mostHeaderBytes = 64 * 1024;

type ParserError = NodeJS.ErrnoException & { rawPacket?: Buffer; reason?: string };

const statuses: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Answers what Node can't read as a request, which it would do with an empty body and tell nobody. */
export function answerMalformed(server: Server, record: (request: MockRequest) => unknown): void {
  const refuse = (socket: Duplex, problem: Problem, method = "", path = "") => {
    const { status, headers, body, violations } = problemAnswer(problem);
    write(socket, status, headers, body);
    record({ method, path, query: {}, headers: {}, status, milliseconds: 0, violations });
  };
  const isBusy = new WeakMap<Duplex, boolean>();
  server.on("request", ({ socket }, response) => {
    isBusy.set(socket, true);
    response.once("close", () => isBusy.set(socket, false));
  });
  server.on("clientError", (error: ParserError, socket) => {
    // Its body went wrong, and whoever answers it finds that out; or the answer did not wait for the body's end.
    const isOfRequest = isBusy.get(socket) ?? false;
    const isEnd = error.code === "HPE_INVALID_EOF_STATE" && isBusy.has(socket);
    if (isOfRequest || isEnd || !socket.writable || error.code === "ECONNRESET") {
      socket.destroy(error);
      return;
    }
    const status = statuses[error.code ?? ""] ?? 400;
    const reason =
      status === 431
        ? `The headers are longer than ${mostHeaderBytes} bytes`
        : `This is no HTTP request: ${error.reason ?? error.message}`;
    const [, method, path] = /^([A-Z]+) (\S+)/.exec(error.rawPacket?.toString("latin1") ?? "") ?? [];
    refuse(socket, new Problem(status, `${reason}.`), method, path);
  });
  server.on("connect", ({ method, url }, socket) => {
    refuse(socket, new Problem(405, "The mock is no proxy: send the request to it itself."), method, url);
  });
}

function write(socket: Duplex, status: number, headers: Answer["headers"], body: string): void {
  const lines = Object.entries({
    ...headers,
    "Access-Control-Allow-Origin": "*",
    "Content-Length": Buffer.byteLength(body),
    Connection: "close",
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`);
  // Closed with something unread, the client would see a reset instead of the answer.
  socket.resume();
}
