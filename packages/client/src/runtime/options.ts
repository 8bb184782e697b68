import type { Middleware } from "openapi-fetch";
import type { ContractCheck } from "./contract.ts";
import type { Credentials } from "./credentials/credentials.ts";
import { CsmsInputError } from "./errors.ts";
import type { FetchLike } from "./http/fetch.ts";
import { checkHeaderValue } from "./http/header-value.ts";
import { checkNames, checkParameters, isAnything, isInteger, type Rule } from "./parameters.ts";

/** One attempt of a call, for `ClientOptions.log`. It holds no credential. */
export interface LogEntry {
  /** The operation's `operationId`; undefined for calls made with `csms.http`. */
  operationId: string | undefined;
  /** The request's method, such as `GET`. */
  method: string;
  /** The request's address, with its query. */
  url: string;
  /** Which attempt this was, from 1. */
  attempt: number;
  /** How long it took, in milliseconds. */
  duration: number;
  /** HTTP status code; 0 when no answer arrived. */
  status: number;
  /** Of the answer's headers only `content-length`, `content-type`, `date`, `retry-after` and `x-request-id`. */
  headers: Record<string, string>;
  /** Why no answer arrived. */
  error: unknown;
}

/** Options that a single call can set, too. */
export interface CallOptions {
  /** How long an attempt may take, its body included, in milliseconds. Default: 10000. */
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
  /**
   * The service's address instead of the region's own, such as `http://127.0.0.1:4010`; for a region whose host is none
   * that the contract has, too. Plain http: loopback only.
   */
  endpoint?: string | undefined;
  /**
   * The id of the project. Default: the one of the credentials, if they know it, else the one that IAM has under the
   * region's name, which is asked for once. A call may name another.
   */
  projectId?: string | undefined;
  /** What authorises the requests. */
  credentials: Credentials;
  /** Headers that go with every request. */
  headers?: Record<string, string> | undefined;
  /** openapi-fetch middleware. It sees a call once, however often it is tried, and never its credentials. */
  middleware?: readonly Middleware[] | undefined;
  /** Holds every answer against the contract: `holdToContract()` of `@csms/client/contract`. Default: nothing does. */
  contract?: ContractCheck | undefined;
  /** Another `fetch`, for a proxy or a test. Default: the global one. */
  fetch?: FetchLike | undefined;
  /** Called after every attempt. Default: nothing is logged. */
  log?: ((entry: LogEntry) => void) | undefined;
}

/** A client's options, and what follows from its region. */
export interface ResolvedOptions extends ClientOptions {
  endpoint: string;
  iamEndpoint: string | undefined;
}

const isFunction: Rule = (value) => typeof value !== "function" && "be a function";

const TRY_RULES = { timeout: isInteger(1, 2 ** 31 - 1), maxRetries: isInteger(0, 99) };

const CALL_RULES: Record<keyof CallOptions, Rule> = {
  ...TRY_RULES,
  signal: (value) => !value.throwIfAborted && "be an AbortSignal",
};

const CLIENT_RULES: Record<keyof ClientOptions, Rule> = {
  region: isAnything,
  endpoint: isAnything,
  projectId: isAnything,
  credentials: isAnything,
  headers: isAnything,
  middleware: (value) => !Array.isArray(value) && "be a list",
  contract: (value) => !value.check && "be what holdToContract returns",
  fetch: isFunction,
  log: isFunction,
  ...TRY_RULES,
};

/** Refuses options of a client that make no sense. Where the service is, is another matter: `resolveEndpoints`. */
export function checkClientOptions(options: ClientOptions): void {
  const given: Partial<ClientOptions> = Object(options);
  checkNames(Object.keys(CLIENT_RULES), given);
  const headers = given.headers ?? {};
  // What is given in place of one of these may be a credential, and is not shown.
  if (!given.credentials?.authorize)
    throw new CsmsInputError("credentials are required, such as tokenCredentials(token)");
  if (typeof headers !== "object" || Symbol.iterator in headers)
    throw new CsmsInputError("headers must be an object, such as { name: value }");
  checkParameters(CLIENT_RULES, [], given, {});
  for (const [name, value] of Object.entries(headers)) checkHeaderValue(`headers: ${name}`, value);
}

/** Refuses options of a call that make no sense. */
export function checkCallOptions(options: CallOptions, operationId?: string): void {
  checkParameters(CALL_RULES, [], { ...Object(options) }, {}, operationId);
}
