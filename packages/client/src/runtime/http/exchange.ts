import { CsmsConnectionError, CsmsResponseError } from "../errors.ts";
import type { FetchLike, ResponseLike } from "./fetch.ts";
import { checkHeaderValue } from "./header-value.ts";
import { redact } from "./redact.ts";

/** What stays the same for every attempt of a call. */
export interface Outgoing {
  operationId: string | undefined;
  method: string;
  url: URL;
  headers: Record<string, string> | undefined;
  body: ArrayBuffer | undefined;
  /** Whether the answer's bytes are asked for, and not only its text. */
  wantsBytes?: boolean | undefined;
  fetch: FetchLike;
}

export interface Answer {
  /** Its body has been read. */
  response: ResponseLike;
  /** The body, when its bytes were asked for. */
  bytes: ArrayBuffer | undefined;
  /** The body, as text. */
  text: string;
  /** What was sent and must not be seen in an error, as a server may quote it. */
  findSecrets: () => string[];
  /** The address that was called. */
  url: string;
}

const utf8 = /* @__PURE__ */ new TextDecoder();

/**
 * Sends a request once, and reads the answer to its end.
 *
 * @param password What the body holds that must not be seen in an error. What authorises it comes to that.
 * @throws {CsmsConnectionError} No complete answer came.
 * @throws {CsmsResponseError} The answer is a redirect.
 */
export async function exchange(
  { operationId, method, url, headers, body, wantsBytes, fetch }: Outgoing,
  authorization: Record<string, string>,
  signal: AbortSignal,
  password = "",
): Promise<Answer> {
  const allHeaders = { ...headers };
  const authorizing = Object.entries(authorization);
  for (const [name, value] of authorizing) {
    // `fetch` would quote the value in its error.
    checkHeaderValue(name, value);
    // Else the two would be joined. What has lost a property is slower ever after.
    const known = name.toLowerCase();
    if (known in allHeaders) delete allHeaders[known];
    allHeaders[name] = value;
  }
  const findSecrets = () => {
    const secretHeaders = authorizing.filter(([name]) => !/-(Id|Date)$/i.test(name));
    return [password, ...secretHeaders.map(([, value]) => value.split("Signature=").at(-1) as string)];
  };
  let response: ResponseLike;
  let bytes: ArrayBuffer | undefined;
  let text: string;
  try {
    response = await fetch(url.href, {
      method,
      headers: allHeaders,
      ...(body?.byteLength && { body }),
      redirect: "manual", // A followed redirect would take X-Auth-Token with it, to any host.
      signal,
    });
    if (response.text && !wantsBytes) {
      text = await response.text();
    } else {
      bytes = await response.arrayBuffer();
      text = utf8.decode(bytes);
    }
  } catch (error) {
    const { message, code } = innermost(error);
    const reason = redact(`${message || code || error}`, findSecrets());
    const advice = code === "ENOTFOUND" ? ". Is the region, or the endpoint, right?" : "";
    throw new CsmsConnectionError(`no complete answer from ${url.host}: ${reason}${advice}`, operationId, {
      // Not the error itself: it may hold the request.
      cause: Object.assign(new Error(reason), { code }),
      retryable: true,
    });
  }
  const { status } = response;
  if (![2, 4, 5].includes(Math.trunc(status / 100))) {
    throw new CsmsResponseError(`status ${status}: redirects are not followed`, operationId, {
      status,
    });
  }
  return { response, bytes, text, findSecrets, url: url.href };
}

/** `fetch` fails with little more than "fetch failed"; why stands in the cause. */
function innermost(error: unknown): { message?: string; code?: string } {
  const { cause } = Object(error);
  return cause ? innermost(cause) : Object(error);
}
