export type {
  ApiError,
  ListSecretsResponse,
  ListSecretVersionsResponse,
  PageInfo,
  Secret,
  SecretState,
  VersionMetadata,
} from "@csms/types";
export type { Middleware } from "openapi-fetch";
export {
  CsmsClient,
  type CsmsClientOptions,
  type ListSecretsParameters,
  type ListSecretVersionsParameters,
  type Region,
} from "./generated/client.ts";
export { type AccessKey, accessKeyCredentials } from "./runtime/access-key-credentials.ts";
export type { Authorization, Credentials } from "./runtime/credentials.ts";
export { environmentCredentials } from "./runtime/environment-credentials.ts";
export {
  CsmsApiError,
  CsmsConnectionError,
  CsmsError,
  CsmsInputError,
  CsmsPaginationError,
  CsmsResponseError,
  CsmsTimeoutError,
} from "./runtime/errors.ts";
export type { FetchInit, FetchLike, ResponseLike } from "./runtime/fetch.ts";
export { type IamUser, iamCredentials } from "./runtime/iam-credentials.ts";
export type { CallOptions, ClientOptions, LogEntry } from "./runtime/options.ts";
export type { ApiRequest, ApiResponse, PagedRequest } from "./runtime/request.ts";
export { toDate } from "./runtime/to-date.ts";
export { tokenCredentials } from "./runtime/token-credentials.ts";
