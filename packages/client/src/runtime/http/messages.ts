import type { Answer } from "./exchange.ts";
import { listHeaders, type ResponseLike } from "./fetch.ts";
import { redact } from "./redact.ts";

/** A `Response` whose body is there to be read, in any form. */
export function platformResponse({ response, bytes, text, findSecrets, url }: Answer): Response {
  // A parser quotes the beginning of what it can't parse.
  const begin = text.slice(0, 999);
  const shown = /^[[{\s]/.test(text) ? begin : redact(begin, findSecrets());
  const body = shown === begin ? bytes : shown + text.slice(999);
  return makeResponse(response, url, bytes?.byteLength ? body : null);
}

/** A `Response` of the platform's, with an answer's status and headers. */
export function makeResponse(response: ResponseLike, url: string, body: string | ArrayBuffer | null = null): Response {
  const made = new Response(body, { status: response.status, headers: listHeaders(response) });
  return Object.defineProperty(made, "url", { value: url });
}
