import type { ApiError, ListSecretsResponse, ListSecretVersionsResponse } from "@csms/types";
import { type AccountOptions, createAccount } from "./account.ts";
import { type PagingOptions, readPage } from "./listing.ts";
import { hexDigits } from "./random.ts";

export interface CsmsOptions extends AccountOptions, PagingOptions {}

export interface CsmsAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: unknown;
}

/** Answers a request that keeps the contract. Undefined: it does not know the operation. */
export type Csms = (operationId: string | undefined, parameters: Record<string, string>) => CsmsAnswer | undefined;

const defaultLimit = 50;

/** Makes a small CSMS that holds an account of made-up secrets. */
export function createCsms(options: CsmsOptions): Csms {
  const account = createAccount(options);
  const { seed = 1, maxLimit = 1000 } = options;
  let requestCount = 0;

  function answer(statusCode: number, body: ListSecretsResponse | ListSecretVersionsResponse | ApiError): CsmsAnswer {
    const requestId = hexDigits(32, seed, "request", requestCount++);
    return { statusCode, headers: { "Content-Type": "application/json", "X-Request-Id": requestId }, body };
  }

  return (operationId, { limit = defaultLimit, marker, secret_name = "" }) => {
    const most = Math.min(Number(limit), maxLimit);
    if (operationId === "listSecrets") {
      const { items, page_info } = readPage(account.secrets, most, marker, options);
      return answer(200, { secrets: items, page_info });
    }
    if (operationId === "listSecretVersions") {
      const versions = account.versions(secret_name);
      if (!versions) {
        return answer(400, { error_code: "CSMS.0106", error_msg: `The secret name is not found: ${secret_name}.` });
      }
      const { items, page_info } = readPage(versions, most, marker, options);
      return answer(200, { version_metadatas: items, page_info });
    }
    return undefined;
  };
}
