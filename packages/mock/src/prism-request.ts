import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { type IHttpOperationConfig, type IHttpRequest, ProblemJsonError } from "@stoplight/prism-http";

/** Gives Prism's view of a request. */
export async function readRequest(message: IncomingMessage): Promise<IHttpRequest> {
  const [path = ""] = (message.url ?? "").split("?");
  return {
    method: message.method?.toLowerCase() as IHttpRequest["method"],
    url: { path, query: readQuery(message) },
    headers: readHeaders(message),
    body: parseBody(await text(message), message.headers["content-type"]),
  };
}

export function readQuery({ url = "" }: IncomingMessage): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  const parameters = new URLSearchParams(url.split(/\?(.*)/s)[1]);
  for (const name of parameters.keys()) {
    const values = parameters.getAll(name);
    query[name] = values.length > 1 ? values : values.join();
  }
  return query;
}

export function readHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/**
 * Reads `Prefer: code=404, example=empty, dynamic=true, seed=7`; other preferences are ignored, as RFC 7240 has it.
 *
 * @throws ProblemJsonError when a value is not one of those allowed.
 */
export function readPreferences(message: IncomingMessage): IHttpOperationConfig {
  const pairs = String(message.headers.prefer ?? "").matchAll(/(\w+)\s*=\s*"?([^\s",;]*)/g);
  const { code, example, dynamic, seed } = Object.fromEntries(
    Array.from(pairs, ([, name, value = ""]) => [name, value]),
  );
  if (code !== undefined && !/^[1-5]\d\d$/.test(code)) {
    throw badRequest(`Prefer: code takes a status, for example 404, not "${code}".`);
  }
  if (dynamic !== undefined && !/^(true|false)$/.test(dynamic)) {
    throw badRequest(`Prefer: dynamic takes true or false, not "${dynamic}".`);
  }
  return {
    dynamic: dynamic === "true",
    ...(code && { code: Number(code) }),
    ...(example && { exampleKey: example }),
    ...(seed && { seed }),
  };
}

/** A body that is not the JSON that it says stays text, for Prism to find the fault. */
function parseBody(body: string, type = ""): unknown {
  if (body === "") return null;
  if (!/[/+]json\b/.test(type)) return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

export function badRequest(detail: string): ProblemJsonError {
  return new ProblemJsonError("about:blank", "The request is malformed", 400, detail);
}
