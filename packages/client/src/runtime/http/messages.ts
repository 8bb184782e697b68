import type { Answer } from "./exchange.ts";
import { listHeaders, type ResponseLike } from "./fetch.ts";
import { redact } from "./redact.ts";

// Where nobody but openapi-fetch sees them, a call's request and response are no more than it reads of them: the
// platform's own cost more than all else that the client does.

/** As much of a `Request` as is sent. */
export class PlainRequest {
  declare readonly url: string;
  declare readonly method: string;
  declare readonly headers: Headers;
  declare readonly body: string | undefined;

  constructor(url: string, { method, headers, body }: Pick<PlainRequest, "method" | "headers" | "body">) {
    this.url = url;
    this.method = method;
    this.headers = headers;
    this.body = body;
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new TextEncoder().encode(this.body).buffer;
  }
}

/** As much of a `Response` as openapi-fetch reads. */
export function plainResponse({ response: { status, headers }, text }: Answer): Response {
  return { status, ok: status < 300, headers, text: async () => text } as Response;
}

/** A `Response` whose body is there to be read, in any form. */
export function platformResponse({ response, bytes, text, secrets }: Answer, url: string): Response {
  // A parser quotes the beginning of what it can't parse.
  const begin = text.slice(0, 999);
  const shown = /^[[{\s]/.test(text) ? begin : redact(begin, secrets);
  const body = shown === begin ? bytes : shown + text.slice(999);
  return makeResponse(response, url, bytes?.byteLength ? body : null);
}

/** A `Response` of the platform's, with an answer's status and headers. */
export function makeResponse(response: ResponseLike, url: string, body: string | ArrayBuffer | null = null): Response {
  const made = new Response(body, { status: response.status, headers: listHeaders(response) });
  return Object.defineProperty(made, "url", { value: url });
}
