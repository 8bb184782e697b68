import { sleep, withDeadline } from "./deadline.ts";
import { CsmsError, CsmsInputError, CsmsTimeoutError } from "./errors.ts";
import { type Answer, exchange, type Outgoing } from "./exchange.ts";
import type { CallOptions, ClientOptions } from "./options.ts";
import { isRetryable, retryDelay } from "./retry.ts";

const LOGGED_HEADERS = /^(content-(length|type)|date|retry-after|x-request-id)$/;

/** Sends one call, and resolves with its answer, whatever the status. The answer's body has arrived whole. */
export type Transport = (
  request: Request,
  options: CallOptions,
  operationId?: string,
  projectId?: string,
  isPublic?: boolean,
) => Promise<Answer>;

/** A transport that authorises each attempt anew, times it, and tries again where that is safe. */
export function createTransport(client: ClientOptions, endpoint: string): Transport {
  // The global `fetch` is looked up at each call, so that a later wrapper (tracing, tests) is seen.
  const { credentials, region, log, fetch = (url, init) => globalThis.fetch(url, init) } = client;

  return async (request, options, operationId, projectId = client.projectId, isPublic) => {
    const { method, url } = request;
    const { signal, timeout = client.timeout ?? 10_000 } = options;
    const maxRetries = options.maxRetries ?? (/GET|HEAD|OPTIONS/.test(method) ? (client.maxRetries ?? 3) : 0);
    if (!`${url}/`.startsWith(`${endpoint}/`)) throw new CsmsInputError(`${url} is not below ${endpoint}`, operationId);
    const outgoing: Outgoing = {
      operationId,
      method,
      url: new URL(url),
      headers: Object.fromEntries(request.headers),
      body: new Uint8Array(await request.arrayBuffer()),
      projectId,
      region,
      fetch,
    };

    for (let attempt = 1, retries = 0, wasRefused = false; ; attempt++) {
      const started = performance.now();
      let authorization: Record<string, string> = {};
      let answer: Answer | undefined;
      let error: unknown;
      try {
        answer = await withDeadline(
          async (attemptSignal) => {
            if (!isPublic) authorization = await credentials.authorize(outgoing);
            attemptSignal.throwIfAborted();
            return exchange(outgoing, authorization, attemptSignal);
          },
          signal,
          timeout,
          () =>
            new CsmsTimeoutError(`attempt ${attempt} took longer than ${timeout} ms`, operationId, {
              timeout,
              attempt,
              retryable: true,
            }),
        );
      } catch (reason) {
        error = reason;
      }
      const { status = 0, headers = new Headers() } = answer?.response ?? {};
      log?.({
        operationId,
        method,
        url,
        attempt,
        duration: performance.now() - started,
        status,
        headers: Object.fromEntries([...headers].filter(([name]) => LOGGED_HEADERS.test(name))),
        error,
      });
      // The gateway refuses credentials with 401, the service a token with 400 and a code of its own.
      const isRefused = status === 401 || (status === 400 && answer?.text.includes('"CSMS.0301"'));
      if (isRefused && !wasRefused && credentials.refused?.(authorization)) {
        wasRefused = true;
        continue;
      }
      const delay =
        retries < maxRetries && (answer ? isRetryable(status) : error instanceof CsmsError && error.retryable)
          ? retryDelay(retries++, headers.get("retry-after"))
          : undefined;
      if (delay !== undefined) await sleep(delay, signal);
      else if (answer) return answer;
      else throw error;
    }
  };
}
