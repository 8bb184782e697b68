import type { Authorization } from "./credentials.ts";
import { CsmsConnectionError, CsmsInputError, CsmsResponseError } from "./errors.ts";
import type { ResponseLike } from "./fetch.ts";
import { redact } from "./redact.ts";

/** What stays the same for every attempt of a call. */
export interface Outgoing extends Authorization {
  operationId: string | undefined;
  headers: Record<string, string>;
}

export interface Answer {
  response: Response;
  /** The body. */
  text: string;
  /** What was sent and must not be seen in an error, as a server may quote it. */
  secrets: readonly string[];
}

/**
 * Sends a request once, and reads the answer to its end.
 *
 * @param secrets What the request holds that must not be seen in an error. What authorises it comes to that.
 * @throws {CsmsConnectionError} No complete answer came.
 * @throws {CsmsResponseError} The answer is a redirect.
 */
export async function exchange(
  { operationId, method, url, headers, body, fetch }: Outgoing,
  authorization: Record<string, string>,
  signal: AbortSignal,
  secrets: string[] = [],
): Promise<Answer> {
  const allHeaders = { ...headers };
  for (const [name, value] of Object.entries(authorization)) {
    // Else the two would be joined.
    delete allHeaders[name.toLowerCase()];
    allHeaders[name] = value;
    // `fetch` would quote the value in its error.
    if (typeof value !== "string" || !/^[!-~][ -~]*$/.test(value)) {
      throw new CsmsInputError(`${name} can't be sent in a header`, operationId);
    }
    if (!/-(Id|Date)$/i.test(name)) secrets.push(value.replace(/.*Signature=/, ""));
  }
  let response: ResponseLike;
  let content: ArrayBuffer;
  try {
    response = await fetch(url.href, {
      method,
      headers: allHeaders,
      ...(body.length && { body }),
      redirect: "manual", // A followed redirect would take X-Auth-Token with it, to any host.
      signal,
    });
    content = await response.arrayBuffer();
  } catch (error) {
    const { message, code } = innermost(error);
    const reason = redact(`${message || code || error}`, secrets);
    throw new CsmsConnectionError(`no complete answer from ${url.host}: ${reason}`, operationId, {
      // Not the error itself: it may hold the request.
      cause: Object.assign(new Error(reason), { code }),
      retryable: true,
    });
  }
  const { status } = response;
  if (!/^[245]\d\d$/.test(`${status}`)) {
    throw new CsmsResponseError(`status ${status} is not an answer; redirects are not followed`, operationId, {
      status,
    });
  }
  const received: [string, string][] = [];
  response.headers.forEach((value, name) => {
    received.push([name, value]);
  });
  const text = new TextDecoder().decode(content);
  // A parser quotes the beginning of what it can't parse.
  const isJson = /^[[{\s]/.test(text);
  return {
    text,
    secrets,
    response: new Response(isJson ? content : redact(text.slice(0, 999), secrets) + text.slice(999) || null, {
      status,
      headers: received,
    }),
  };
}

/** `fetch` fails with little more than "fetch failed"; why stands in the cause. */
function innermost(error: unknown): { message?: string; code?: string } {
  const { cause } = Object(error);
  return cause ? innermost(cause) : Object(error);
}
