import { once } from "node:events";
import { type IncomingMessage, type RequestOptions, request } from "node:http";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Mock, MockOptions, Violation } from "../src/index.ts";
import { readOptions } from "../src/options.ts";
import { parseContract } from "../src/parse-contract.ts";
import { startOn } from "../src/start-on.ts";

export const fixturePath = fileURLToPath(new URL("fixture.yaml", import.meta.url));
export const fixture = parseContract(fixturePath);

export const token = { "X-Auth-Token": "my-token" };
export const things = "/v1/p1/things";

/** A mock of the fixture contract, which has one of everything. */
export async function startFixture({ onRequest = () => {}, ...options }: MockOptions = {}): Promise<Mock> {
  return startOn(await fixture, readOptions(options), onRequest);
}

/** Sends a request, with a token unless other headers are given, and gives what came back. */
export async function send({ url }: Mock, path: string, { headers = token, ...init }: RequestInit = {}) {
  const response = await fetch(url + path, { headers, ...init });
  return { status: response.status, headers: response.headers, ...read(response.headers, await response.text()) };
}

/** Sends a request that `fetch` would not. */
export async function sendAsIs({ url }: Mock, options: RequestOptions, body = "") {
  const { hostname, port } = new URL(url);
  const [response]: IncomingMessage[] = await once(request({ host: hostname, port, ...options }).end(body), "response");
  const headers = new Headers(response?.headers as Record<string, string>);
  return { status: response?.statusCode, headers, ...read(headers, await text(response as IncomingMessage)) };
}

function read(headers: Headers, text: string) {
  const violations: Violation[] = JSON.parse(headers.get("sl-violations") ?? "[]");
  return { text, body: parse(text), violations };
}

// biome-ignore lint/suspicious/noExplicitAny: whatever a server sent.
function parse(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
