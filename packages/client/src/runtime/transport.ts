import type { Credentials } from "./credentials.ts";
import { withDeadline } from "./deadline.ts";
import { type CsmsError, CsmsInputError, CsmsTimeoutError } from "./errors.ts";
import { type Answer, exchange, type Outgoing } from "./exchange.ts";
import type { CallOptions, FetchLike, LogEntry } from "./options.ts";
import { isRetryable, retryDelay, sleep } from "./retry.ts";

const LOGGED_HEADERS = ["content-length", "content-type", "date", "retry-after", "x-request-id"];

export interface TransportOptions {
  endpoint: string;
  region: string | undefined;
  projectId: string | undefined;
  credentials: Credentials;
  fetch: FetchLike;
  timeout: number;
  maxRetries: number;
  log: ((entry: LogEntry) => void) | undefined;
}

export interface TransportCall extends CallOptions {
  operationId?: string | undefined;
  projectId?: string | undefined;
}

/** Sends one call, and resolves with its answer, whatever the status. The answer's body has arrived whole. */
export type Transport = (request: Request, call: TransportCall) => Promise<Answer>;

/** A transport that authorises each attempt anew, times it, and tries again where that is safe. */
export function createTransport({ credentials, log, ...options }: TransportOptions): Transport {
  const { origin } = new URL(options.endpoint);

  return async (request, { operationId, projectId = options.projectId, signal, timeout, maxRetries }) => {
    const { method } = request;
    const outgoing: Outgoing = {
      operationId,
      method,
      url: new URL(request.url),
      headers: Object.fromEntries(request.headers),
      body: new Uint8Array(await request.arrayBuffer()),
      projectId,
      region: options.region,
      fetch: options.fetch,
    };
    if (outgoing.url.origin !== origin) {
      throw new CsmsInputError(`${outgoing.url.origin} is not the endpoint, ${origin}`, { operationId });
    }
    timeout ??= options.timeout;
    maxRetries ??= /^(GET|HEAD|OPTIONS)$/.test(method) ? options.maxRetries : 0;
    let authorization: Record<string, string> = {};

    async function attempt(number: number): Promise<Answer> {
      const entry: LogEntry = { operationId, method, url: request.url, attempt: number, duration: 0 };
      const started = performance.now();
      try {
        const answer = await withDeadline(
          async (attemptSignal) => {
            authorization = await credentials.authorize(outgoing);
            attemptSignal.throwIfAborted();
            return exchange(outgoing, authorization, attemptSignal);
          },
          timeout as number,
          () =>
            new CsmsTimeoutError(`attempt ${number} took longer than ${timeout} ms`, {
              operationId,
              timeout: timeout as number,
              attempt: number,
              retryable: true,
            }),
          signal,
        );
        const { status, headers } = answer.response;
        entry.status = status;
        entry.headers = Object.fromEntries([...headers].filter(([name]) => LOGGED_HEADERS.includes(name)));
        return answer;
      } catch (error) {
        entry.error = error;
        throw error;
      } finally {
        entry.duration = performance.now() - started;
        log?.(entry);
      }
    }

    for (let number = 1, retries = 0, wasRefused = false; ; number++) {
      let delay: number | undefined;
      try {
        const answer = await attempt(number);
        if (!wasRefused && refusesCredentials(answer) && credentials.refused?.(authorization)) {
          wasRefused = true;
          continue;
        }
        const { status, headers } = answer.response;
        if (retries < maxRetries && isRetryable(status)) delay = retryDelay(retries, headers.get("retry-after"));
        if (delay === undefined) return answer;
      } catch (error) {
        if (retries >= maxRetries || !(error as CsmsError | undefined)?.retryable) throw error;
        delay = retryDelay(retries) as number;
      }
      retries++;
      await sleep(delay, signal);
    }
  };
}

/** The gateway refuses credentials with 401, the service a token with 400 and a code of its own. */
function refusesCredentials({ response, text }: Answer): boolean {
  return response.status === 401 || (response.status === 400 && text().includes('"CSMS.0301"'));
}
