import type { Middleware } from "openapi-fetch";
import type { Credentials } from "./credentials.ts";
import { CsmsInputError } from "./errors.ts";

/** The part of a `Response` that the client needs, so that any implementation of `fetch` fits. */
export interface ResponseLike {
  readonly status: number;
  readonly statusText: string;
  readonly type: string;
  readonly url: string;
  readonly headers: Iterable<[string, string]> & { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What the client passes to `fetch` beside the URL. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: Uint8Array<ArrayBuffer>;
  redirect: "manual";
  signal: AbortSignal;
}

/** `fetch` as the client calls it: with a URL and an init, so that every implementation fits. */
export type FetchLike = (url: string, init: FetchInit) => Promise<ResponseLike>;

/** One attempt of a call, for `ClientOptions.log`. It holds no credential. */
export interface LogEntry {
  operationId: string | undefined;
  method: string;
  url: string;
  /** Which attempt this was, from 1. */
  attempt: number;
  /** How long it took, in milliseconds. */
  duration: number;
  /** HTTP status code, when an answer arrived. */
  status?: number;
  /** `content-length`, `content-type`, `date`, `retry-after` and `x-request-id`, when an answer arrived with them. */
  headers?: Record<string, string>;
  /** Why no answer arrived. */
  error?: unknown;
}

/** Options that a single call can set, too. */
export interface CallOptions {
  /** How long an attempt may take, its body included, in milliseconds. Default: 10000. `Infinity`: no limit. */
  timeout?: number | undefined;
  /**
   * How often a call is tried again after 408, 429, 500, 502, 503, 504, a failed connection, a timeout or an answer that
   * was cut off. Default: 3 for the safe methods (GET, HEAD, OPTIONS), 0 for others unless the call itself says so.
   */
  maxRetries?: number | undefined;
  /** Ends the call, its waiting and its retries. The call then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** Options of a client. */
export interface ClientOptions<Region extends string = string> extends Omit<CallOptions, "signal"> {
  /** The region, such as `cn-north-4`. Required unless `endpoint` is given. */
  region?: Region | undefined;
  /** The service's address instead of the region's own, such as `http://127.0.0.1:4010`. Plain http: loopback only. */
  endpoint?: string | undefined;
  /** The id of the project. Default: the one of the credentials, if they know it. A call may name another. */
  projectId?: string | undefined;
  /** What authorises the requests. */
  credentials: Credentials;
  /** Headers that go with every request. */
  headers?: Record<string, string> | undefined;
  /** openapi-fetch middleware. It sees a call once, however often it is tried, and never its credentials. */
  middleware?: Middleware[] | undefined;
  /** Another `fetch`, for a proxy or a test. Default: the global one. */
  fetch?: FetchLike | undefined;
  /** Called after every attempt. Default: nothing is logged. */
  log?: ((entry: LogEntry) => void) | undefined;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Where the service is: `endpoint`, or the contract's server URL with the region put in. Without a slash at its end. */
export function resolveEndpoint({ region, endpoint }: ClientOptions, serverUrl: string): string {
  if (endpoint === undefined) {
    if (!/^[a-z0-9-]+$/.test(region ?? "")) {
      throw new CsmsInputError(
        region === undefined
          ? "give a region (such as cn-north-4) or an endpoint"
          : `region must match ^[a-z0-9-]+$, got ${JSON.stringify(region)}`,
      );
    }
    return serverUrl.replace("{region}", region as string);
  }
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    throw new CsmsInputError("endpoint must be an absolute URL, such as https://kms.cn-north-4.myhuaweicloud.com");
  }
  const { protocol, hostname, username, password, search, hash } = url;
  if (protocol !== "https:" && !(protocol === "http:" && LOOPBACK.test(hostname))) {
    throw new CsmsInputError(`endpoint must be https, or http on loopback, got ${protocol}//${hostname}`);
  }
  if (username || password || search || hash) {
    throw new CsmsInputError("endpoint must have no user, password, query or fragment");
  }
  return url.href.replace(/\/+$/, "");
}

/** Refuses a `timeout` or `maxRetries` that makes no sense. */
export function checkCallOptions({ timeout = 1, maxRetries = 0 }: CallOptions, operationId?: string): void {
  if (!(timeout > 0)) {
    throw new CsmsInputError(`timeout must be a number of milliseconds above 0, got ${timeout}`, { operationId });
  }
  if (!(Number.isInteger(maxRetries) && maxRetries >= 0)) {
    throw new CsmsInputError(`maxRetries must be an integer from 0, got ${maxRetries}`, { operationId });
  }
}
