export type { Middleware } from "openapi-fetch";
export * from "./generated/index.ts";
export type { ContractCheck } from "./runtime/contract.ts";
export type { AccessKey } from "./runtime/credentials/access-key.ts";
export { accessKeyCredentials } from "./runtime/credentials/access-key-credentials.ts";
export type { Attempt, Credentials, ProjectSeeker } from "./runtime/credentials/credentials.ts";
export { environmentCredentials } from "./runtime/credentials/environment-credentials.ts";
export { type IamUser, iamCredentials } from "./runtime/credentials/iam-credentials.ts";
export { tokenCredentials } from "./runtime/credentials/token-credentials.ts";
export {
  CsmsApiError,
  CsmsConnectionError,
  CsmsError,
  CsmsInputError,
  CsmsPaginationError,
  CsmsResponseError,
  CsmsTimeoutError,
} from "./runtime/errors.ts";
export type { FetchInit, FetchLike, ResponseLike } from "./runtime/http/fetch.ts";
export type { HttpClient } from "./runtime/http-client.ts";
export type { CallOptions, ClientOptions, LogEntry } from "./runtime/options.ts";
export type { ApiRequest, ApiResponse, PagedRequest } from "./runtime/request.ts";
export { toDate } from "./runtime/to-date.ts";
