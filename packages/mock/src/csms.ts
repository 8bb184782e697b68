import type { ApiError, ListSecretsResponse, ListSecretVersionsResponse, operations } from "@csms/types";
import { createAccount, type MockData } from "./account.ts";
import { type PagingOptions, readPage } from "./listing.ts";
import type { IHttpResponse } from "./prism.ts";
import { hexDigits } from "./random.ts";

/** Answers a request that keeps the contract; one function for each operation that it knows. */
export type Csms = { [operationId: string]: (parameters: Record<string, string>) => IHttpResponse };

const defaultLimit = 50;

/** Makes a small CSMS that holds an account. */
export function createCsms(options: MockData & PagingOptions): Csms {
  const account = createAccount(options);
  const { seed = 1, maxLimit = 1000 } = options;
  let requestCount = 0;

  function answer(
    statusCode: number,
    body: ListSecretsResponse | ListSecretVersionsResponse | ApiError,
  ): IHttpResponse {
    const requestId = hexDigits(32, seed, "request", requestCount++);
    return { statusCode, headers: { "Content-Type": "application/json", "X-Request-Id": requestId }, body };
  }
  const most = (limit: string | undefined) => Math.min(Number(limit ?? defaultLimit), maxLimit);

  return {
    listSecrets({ limit, marker, event_name }) {
      const secrets = event_name === undefined ? account.secrets : account.subscribers(event_name);
      const { items, page_info } = readPage(secrets, most(limit), marker, options);
      return answer(200, { secrets: items, page_info });
    },
    listSecretVersions({ secret_name = "", limit, marker }) {
      const versions = account.versions(secret_name);
      if (!versions) {
        return answer(400, { error_code: "CSMS.0106", error_msg: `The secret name is not found: ${secret_name}.` });
      }
      const { items, page_info } = readPage(versions, most(limit), marker, options);
      return answer(200, { version_metadatas: items, page_info });
    },
  } satisfies { [Id in keyof operations]?: Csms[string] };
}
