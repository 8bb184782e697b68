import { CsmsApiError, CsmsError, CsmsInputError, CsmsTimeoutError } from "../errors.ts";
import type { CallOptions, ResolvedOptions } from "../options.ts";
import { sleep, withDeadline } from "./deadline.ts";
import { type Answer, exchange } from "./exchange.ts";
import { listHeaders } from "./fetch.ts";
import { isRetryable, readRetryAfter, readServerTime, retryDelay } from "./retry.ts";

const LOGGED_HEADERS = /^(content-(length|type)|date|retry-after|x-request-id)$/;

/** A call, as `Transport` takes it. */
export interface Call {
  operationId?: string | undefined;
  method: string;
  /** The address to which credentials are sent, and no other. Default: the service's. */
  endpoint?: string;
  /** The address, with its query. */
  url: string;
  headers?: Record<string, string>;
  body?: ArrayBuffer | undefined;
  /** Whether the answer's bytes are asked for, and not only its text. */
  wantsBytes?: boolean;
  projectId?: string | undefined;
  /** It takes no credentials: none are sent. */
  isPublic?: boolean | undefined;
  options: CallOptions;
}

/** Sends one call, and resolves with its answer, whatever the status. */
export type Transport = (call: Call) => Promise<Answer>;

/** A transport that authorises each attempt anew, times it, and tries again where that is safe. */
export function createTransport(client: ResolvedOptions): Transport {
  // The global `fetch` is looked up at each call, so that a later wrapper (tracing, tests) is seen.
  const { credentials, region, iamEndpoint, log, fetch = (url, init) => globalThis.fetch(url, init) } = client;

  return async ({
    operationId,
    method,
    endpoint = client.endpoint,
    url: address,
    headers,
    body,
    wantsBytes,
    projectId = client.projectId,
    isPublic,
    options,
  }) => {
    const url = new URL(address);
    if (!`${url.href}/`.startsWith(`${endpoint}/`)) {
      throw new CsmsInputError(`${url.href} is not below ${endpoint}`, operationId);
    }
    const { signal, timeout = client.timeout ?? 10_000 } = options;
    const maxRetries = options.maxRetries ?? (/GET|HEAD|OPTIONS/.test(method) ? (client.maxRetries ?? 3) : 0);
    const outgoing = { operationId, method, url, headers, body, wantsBytes, projectId, region, iamEndpoint, fetch };

    for (let attempt = 1, retries = 0, wasRefused = false; ; attempt++) {
      const started = log && performance.now();
      let authorization: Record<string, string> | undefined;
      let answer: Answer | undefined;
      let error: unknown;
      const send = async (attemptSignal: AbortSignal) => {
        authorization = isPublic ? {} : await credentials.authorize({ ...outgoing, signal: attemptSignal });
        attemptSignal.throwIfAborted();
        return await exchange(outgoing, authorization, attemptSignal);
      };
      try {
        answer = await withDeadline(send, signal, timeout, () => {
          const wait = authorization ? "" : ", waiting for the credentials";
          return new CsmsTimeoutError(`attempt ${attempt} took longer than ${timeout} ms${wait}`, operationId, {
            timeout,
            attempt,
            retryable: true,
          });
        });
      } catch (reason) {
        error = reason;
      }
      const response = answer?.response;
      const status = response?.status ?? 0;
      log?.({
        operationId,
        method,
        url: url.href,
        attempt,
        duration: performance.now() - Number(started),
        status,
        headers: Object.fromEntries(
          response ? listHeaders(response).filter(([name]) => LOGGED_HEADERS.test(name)) : [],
        ),
        error,
      });
      // The gateway refuses credentials with 401, the service a token with 400 and a code of its own.
      const isRefused = status === 401 || (status === 400 && answer?.text.includes('"CSMS.0301"'));
      if (response && isRefused && !wasRefused && !isPublic) {
        wasRefused = true;
        if (credentials.refused?.(authorization ?? {}, readServerTime(response))) continue;
      }
      const isWorthRetrying = response ? isRetryable(status) : error instanceof CsmsError && error.retryable;
      if (isWorthRetrying && retries < maxRetries) {
        // An answer of IAM's is an error here.
        const refusal = error instanceof CsmsApiError ? error.retryAfter : undefined;
        const delay = retryDelay(retries++, response ? readRetryAfter(response) : refusal);
        if (delay !== undefined) {
          await sleep(delay, signal);
          continue;
        }
      }
      if (answer) return answer;
      throw error;
    }
  };
}
