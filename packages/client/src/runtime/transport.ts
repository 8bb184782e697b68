import { sleep, withDeadline } from "./deadline.ts";
import { type CsmsError, CsmsInputError, CsmsTimeoutError } from "./errors.ts";
import { type Answer, exchange, type Outgoing } from "./exchange.ts";
import type { CallOptions, ClientOptions, LogEntry } from "./options.ts";
import { isRetryable, retryDelay } from "./retry.ts";

const LOGGED_HEADERS = /^(content-(length|type)|date|retry-after|x-request-id)$/;

/** Sends one call, and resolves with its answer, whatever the status. The answer's body has arrived whole. */
export type Transport = (
  request: Request,
  options: CallOptions,
  operationId?: string,
  projectId?: string,
) => Promise<Answer>;

/** A transport that authorises each attempt anew, times it, and tries again where that is safe. */
export function createTransport(client: ClientOptions, endpoint: string): Transport {
  const { credentials, region, log } = client;
  // Looked up at each call, so that a later wrapper of the global one (tracing, tests) is seen.
  const { fetch = (url, init) => globalThis.fetch(url, init) } = client;

  return async (request, options, operationId, projectId = client.projectId) => {
    const { method } = request;
    const { signal, timeout = client.timeout ?? 10_000 } = options;
    const maxRetries = options.maxRetries ?? (/GET|HEAD|OPTIONS/.test(method) ? (client.maxRetries ?? 3) : 0);
    const outgoing: Outgoing = {
      operationId,
      method,
      url: new URL(request.url),
      headers: Object.fromEntries(request.headers),
      body: new Uint8Array(await request.arrayBuffer()),
      projectId,
      region,
      fetch,
    };
    if (outgoing.url.origin !== new URL(endpoint).origin) {
      throw new CsmsInputError(`${outgoing.url.origin} is not the endpoint`, operationId);
    }
    let authorization: Record<string, string> = {};

    async function exchangeAuthorized(attemptSignal: AbortSignal): Promise<Answer> {
      authorization = await credentials.authorize(outgoing);
      for (const name in authorization) {
        // Else `fetch` would quote the value in its error.
        if (!/^[!-~][ -~]*$/.test(`${authorization[name] ?? ""}`)) {
          throw new CsmsInputError(`the credentials' ${name} can't be sent in a header`, operationId);
        }
      }
      attemptSignal.throwIfAborted();
      return exchange(outgoing, authorization, attemptSignal);
    }

    async function makeAttempt(attempt: number): Promise<Answer> {
      const entry: LogEntry = { operationId, method, url: request.url, attempt, duration: -performance.now() };
      const timeoutError = () =>
        new CsmsTimeoutError(`attempt ${attempt} took longer than ${timeout} ms`, operationId, {
          timeout,
          attempt,
          retryable: true,
        });
      try {
        const answer = await withDeadline(exchangeAuthorized, signal, timeout, timeoutError);
        entry.status = answer.response.status;
        entry.headers = Object.fromEntries([...answer.response.headers].filter(([name]) => LOGGED_HEADERS.test(name)));
        return answer;
      } catch (error) {
        entry.error = error;
        throw error;
      } finally {
        entry.duration += performance.now();
        log?.(entry);
      }
    }

    for (let attempt = 1, retries = 0, wasRefused = false; ; attempt++) {
      let delay: number | undefined;
      try {
        const answer = await makeAttempt(attempt);
        if (!wasRefused && refusesCredentials(answer) && credentials.refused?.(authorization)) {
          wasRefused = true;
          continue;
        }
        const { status, headers } = answer.response;
        if (retries < maxRetries && isRetryable(status)) delay = retryDelay(retries, headers.get("retry-after"));
        if (delay === undefined) return answer;
      } catch (error) {
        if (retries >= maxRetries || !(error as CsmsError)?.retryable) throw error;
        delay = retryDelay(retries) as number;
      }
      retries++;
      await sleep(delay, signal);
    }
  };
}

/** The gateway refuses credentials with 401, the service a token with 400 and a code of its own. */
function refusesCredentials({ response: { status }, text }: Answer): boolean {
  return status === 401 || (status === 400 && text().includes('"CSMS.0301"'));
}
