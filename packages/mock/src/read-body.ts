import type { IncomingMessage } from "node:http";
import { Problem } from "./answer.ts";

const mostBytes = 1024 * 1024;

/**
 * Reads a body to its end.
 *
 * @throws {Problem} It is longer than a mebibyte.
 * @throws Node's error when it ends early.
 */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const { "content-length": length = "0", "transfer-encoding": encoding } = message.headers;
  const chunks: Buffer[] = [];
  let size = Number(length);
  if (size === 0 && encoding === undefined) return Buffer.alloc(0);
  if (size <= mostBytes) {
    size = 0;
    // Leaving the loop must not end the connection: there is an answer to send.
    for await (const chunk of message.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > mostBytes) break;
      chunks.push(chunk);
    }
  }
  if (size <= mostBytes) return Buffer.concat(chunks);
  // A client reads no answer before it has sent all.
  message.resume();
  throw new Problem(413, `The body is longer than ${mostBytes} bytes, the most that the mock takes.`);
}
