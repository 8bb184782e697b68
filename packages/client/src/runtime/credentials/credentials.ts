import type { FetchLike } from "../http/fetch.ts";
import type { ClientOptions } from "../options.ts";

/** One attempt of a call, for `Credentials.authorize`. */
export interface Attempt {
  /** The request's method, such as `GET`. */
  readonly method: string;
  /** The request's address, with its query. */
  readonly url: URL;
  /** The body as it is sent; undefined when there is none. */
  readonly body: ArrayBuffer | undefined;
  /** The project that the request is for. */
  readonly projectId: string | undefined;
  /** The client's region, when it was given one. */
  readonly region: string | undefined;
  /** The address of the region's IAM, with no slash at its end; undefined when the client was given no region. */
  readonly iamEndpoint: string | undefined;
  /** The client's `fetch`, for credentials that ask a server. */
  readonly fetch: FetchLike;
  /** Aborts when the attempt's time is over (its reason is then a `CsmsTimeoutError`), or the caller gives up. */
  readonly signal: AbortSignal;
}

/** A client that was given no project, for `Credentials.findProject`. */
export interface ProjectSeeker extends Pick<ClientOptions, "region" | "fetch"> {
  /** The address of the region's IAM, with no slash at its end; undefined when the client was given no region. */
  readonly iamEndpoint: string | undefined;
}

/** What authorises a request. The client ships implementations; write your own for anything else. */
export interface Credentials {
  /** The project that these credentials were made for: the client's default. */
  readonly projectId?: string | undefined;
  /** The headers that authorise one attempt. Asked anew for every attempt. */
  authorize(attempt: Attempt): Record<string, string> | Promise<Record<string, string>>;
  /**
   * The service refused these headers. Forget what they were made from, and return whether asking again may give
   * others: the client then tries once more.
   *
   * @param serverTime The service's clock, in milliseconds since 1970; undefined when the answer has no `Date`.
   */
  refused?(headers: Record<string, string>, serverTime?: number): boolean;
  /** Finds the project that these credentials are for. Without it, IAM is asked for the one named like the region. */
  findProject?(client: ProjectSeeker): Promise<string | undefined>;
}
