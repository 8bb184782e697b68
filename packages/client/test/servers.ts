import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { beforeEach, expect, vi } from "vitest";
import { CsmsClient, type CsmsClientOptions, tokenCredentials } from "../src/index.ts";
import { undiciFetch } from "../src/undici.ts";

export const PROJECT_ID = "0123456789abcdef0123456789abcdef";

export interface Received {
  method: string;
  /** Path and query, as they came. */
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export type Answer = (response: ServerResponse, request: Received) => void;

export interface Server extends AsyncDisposable {
  url: string;
  received: Received[];
}

/** A server on loopback that gives one answer after the other, and the last one ever after. */
export async function serve(...answers: [Answer, ...Answer[]]): Promise<Server> {
  const received: Received[] = [];
  const server = createServer(async (incoming, response) => {
    const { method = "", url = "", headers } = incoming;
    const request = { method, url, headers, body: await text(incoming) };
    const answer = answers[Math.min(received.push(request), answers.length) - 1];
    answer?.(response, request);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** An answer with this body: an object as JSON, text as it is. */
export function reply(status: number, body: object | string | null = "", headers: OutgoingHttpHeaders = {}): Answer {
  const isText = typeof body === "string";
  const content = isText ? body : JSON.stringify(body);
  return (response) =>
    response.writeHead(status, { ...(!isText && { "content-type": "application/json" }), ...headers }).end(content);
}

/** A page of secrets with these names. */
export const page = (names: string[], next: string | null = null): Answer => reply(200, secretsPage(names, next));

export function secretsPage(names: string[], next?: unknown): object {
  return { secrets: names.map((name) => ({ name })), page_info: { next_marker: next, current_count: names.length } };
}

/** Closes the connection without an answer. */
export const reset: Answer = ({ socket }) => socket?.resetAndDestroy();

/** Never answers. */
export const stall: Answer = () => {};

/** Begins a page, and sends no more of it. */
export const stallInBody: Answer = (response) => response.writeHead(200).write('{"secrets":[');

/** Announces more than it sends before the connection closes. */
export const halfBody: Answer = (response) =>
  response.writeHead(200, { "content-length": 1000 }).write('{"secrets":[', () => response.destroy());

/** A chunked body without its end. */
export const cutChunks: Answer = (response) =>
  response.writeHead(200).write('{"secrets":[],"page_info":{}}', () => response.destroy());

/** A client of a server, with a token, over the transport that vitest.config.js says. */
export function connect({ url }: { url: string }, options: Partial<CsmsClientOptions> = {}): CsmsClient {
  return new CsmsClient({
    endpoint: url,
    projectId: PROJECT_ID,
    credentials: tokenCredentials("a-fixed-token"),
    fetch: process.env.CSMS_FETCH === "undici" ? undiciFetch() : undefined,
    ...options,
  });
}

/** What a promise rejects with. */
export async function reasonOf(promise: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(promise).then(
    (value) => expect.fail(`it resolved with ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
}

/** Makes each random wait before a retry the shortest, in every test of the file. */
export function useShortestWaits(): void {
  beforeEach(() => {
    vi.spyOn(Math, "random").mockReturnValue(0);
  });
}
