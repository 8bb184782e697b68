import type { FetchLike } from "./fetch.ts";

/** One attempt of a call, for `Credentials.authorize`. */
export interface Authorization {
  /** The request's method, such as `GET`. */
  method: string;
  /** The request's address, with its query. */
  url: URL;
  /** The body as it is sent; empty when there is none. */
  body: Uint8Array<ArrayBuffer>;
  /** The project that the request is for. */
  projectId: string | undefined;
  /** The client's region, when it was given one. */
  region: string | undefined;
  /** The client's `fetch`, for credentials that ask a server. */
  fetch: FetchLike;
}

/** What authorises a request. The client ships implementations; write your own for anything else. */
export interface Credentials {
  /** The project that these credentials were made for: the client's default. */
  readonly projectId?: string | undefined;
  /** The headers that authorise one attempt. Asked anew for every attempt. */
  authorize(attempt: Authorization): Record<string, string> | Promise<Record<string, string>>;
  /**
   * The service refused these headers. Forget what they were made from, and return whether asking again may give
   * others: the client then tries once more.
   */
  refused?(headers: Record<string, string>): boolean;
}
