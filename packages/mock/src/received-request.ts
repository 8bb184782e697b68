import type { IncomingMessage } from "node:http";
import { isJson, Problem } from "./answer.ts";

/** A request, read to its end. */
export interface ReceivedRequest {
  /** Such as `GET`. */
  method: string;
  /** The path with the query, as it was sent. */
  target: string;
  path: string;
  /** Decoded. A parameter that was sent twice has an array. */
  query: Record<string, string | string[]>;
  /** With names in lower case. */
  headers: Record<string, string>;
  bytes: Buffer;
  /** What the JSON says; else the text; undefined without a body. */
  body: unknown;
  /** Why a body that should be JSON is none. */
  bodyFault?: string | undefined;
}

export function readRequest(message: IncomingMessage, bytes: Buffer = Buffer.alloc(0)): ReceivedRequest {
  const target = readTarget(message);
  const [path = "", search = ""] = target.split(/\?(.*)/s);
  const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: message.method ?? "",
    target,
    path,
    query: readQuery(search),
    headers: Object.fromEntries(headers),
    bytes,
    ...readBody(bytes, message.headers["content-type"]),
  };
}

/** Decodes a segment of a path. @throws {Problem} It is not encoded rightly. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Problem(400, "The path has a % that encodes no character.");
  }
}

/** What is asked for. A client that takes the mock for a proxy sends the whole address (RFC 9112, 3.2.2). */
function readTarget({ url = "" }: IncomingMessage): string {
  const [, target = url] = /^https?:\/\/[^/?]*(.*)$/is.exec(url) ?? [];
  return target.startsWith("?") || target === "" ? `/${target}` : target;
}

function readQuery(search: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  const parameters = new URLSearchParams(search);
  for (const name of parameters.keys()) {
    const values = parameters.getAll(name);
    query[name] = values.length > 1 ? values : values.join();
  }
  return query;
}

function readBody(bytes: Buffer, mediaType = ""): Pick<ReceivedRequest, "body" | "bodyFault"> {
  if (bytes.length === 0) return { body: undefined };
  const text = bytes.toString();
  if (!isJson(mediaType)) return { body: text };
  try {
    return { body: JSON.parse(text) };
  } catch (error) {
    return { body: text, bodyFault: error instanceof Error ? error.message : String(error) };
  }
}
