import type { Authorization } from "./credentials.ts";
import { CsmsConnectionError, CsmsInputError, CsmsResponseError } from "./errors.ts";
import type { ResponseLike } from "./fetch.ts";

/** What stays the same for every attempt of a call. */
export interface Outgoing extends Authorization {
  operationId: string | undefined;
  headers: Record<string, string>;
}

export interface Answer {
  response: Response;
  /** The body as text, without the credentials that were sent: a server may quote them. */
  text: () => string;
}

/**
 * Sends a request once, and reads the answer to its end.
 *
 * @throws {CsmsConnectionError} No complete answer came.
 * @throws {CsmsResponseError} The answer is a redirect.
 */
export async function exchange(
  { operationId, method, url, headers, body, fetch }: Outgoing,
  authorization: Record<string, string>,
  signal: AbortSignal,
): Promise<Answer> {
  const redact = (text: string) =>
    Object.entries(authorization).reduce(
      (visible, [name, value]) =>
        /-(Id|Date)$/.test(name) || value.length < 8 ? visible : visible.replaceAll(value, "***"),
      text,
    );
  for (const [name, value] of Object.entries(authorization)) {
    // `fetch` would quote the value in its error.
    if (!/^[!-~][ -~]*$/.test(value)) throw new CsmsInputError(`${name} can't be sent in a header`, operationId);
  }
  let response: ResponseLike;
  let content: ArrayBuffer;
  try {
    response = await fetch(url.href, {
      method,
      headers: { ...headers, ...authorization },
      ...(body.length && { body }),
      redirect: "manual", // A followed redirect would take X-Auth-Token with it, to any host.
      signal,
    });
    content = await response.arrayBuffer();
  } catch (cause) {
    throw new CsmsConnectionError(redact(`no complete answer from ${url.host}: ${reasonOf(cause)}`), operationId, {
      cause,
      retryable: true,
    });
  }
  const { status } = response;
  if (status < 200 || (status > 299 && status < 400)) {
    throw new CsmsResponseError(`redirects are not followed: status ${status}`, operationId, { status });
  }
  const text = () => redact(new TextDecoder().decode(content));
  return {
    text,
    response: new Response(status > 399 ? text() : content.byteLength ? content : null, {
      status,
      headers: [...response.headers],
    }),
  };
}

/** `fetch` fails with little more than "fetch failed"; why stands in the cause. */
function reasonOf(error: unknown): unknown {
  const { cause, code, message } = Object(error);
  return cause ? reasonOf(cause) : message || code || error;
}
