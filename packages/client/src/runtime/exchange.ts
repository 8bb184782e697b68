import type { Authorization } from "./credentials.ts";
import { CsmsConnectionError, CsmsInputError, CsmsResponseError } from "./errors.ts";
import type { ResponseLike } from "./options.ts";

/** What stays the same for every attempt of a call. */
export interface Outgoing extends Authorization {
  operationId: string | undefined;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
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
  for (const name in authorization) {
    if (/[^\x20-\x7e]/.test(authorization[name] as string)) {
      throw new CsmsInputError(`the credentials' ${name} can't be sent in a header`, { operationId });
    }
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
    const reason = cause instanceof Error ? cause.message : cause;
    throw new CsmsConnectionError(`no complete answer from ${url.host}: ${reason}`, {
      cause,
      operationId,
      retryable: true,
    });
  }
  const { status, statusText } = response;
  if (status < 200 || (status > 299 && status < 400)) {
    throw new CsmsResponseError(`${url.host} answered with a redirect (status ${status}), which is not followed`, {
      status,
      operationId,
    });
  }
  const text = () =>
    Object.values(authorization).reduce(
      (visible, value) => visible.replaceAll(value, "***"),
      new TextDecoder().decode(content),
    );
  // These two have no body: https://fetch.spec.whatwg.org/#null-body-status
  const whole = status === 204 || status === 205 ? null : status > 399 ? text() : content;
  return { response: new Response(whole, { status, statusText, headers: [...response.headers] }), text };
}
