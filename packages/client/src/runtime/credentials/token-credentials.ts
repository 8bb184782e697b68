import { checkHeaderValue } from "../http/header-value.ts";
import type { Credentials } from "./credentials.ts";
import { KeptValue } from "./kept-value.ts";

/**
 * A token from IAM, sent as `X-Auth-Token`.
 *
 * @param token The token, or a function that gets one. The function is asked once for all calls that wait for it; what
 *   it returns is kept, and it is asked again when the service refuses that token, or when a call's time ran out before
 *   it answered. When it fails, the calls that waited for it reject with its error.
 * @throws {CsmsInputError} The token is missing: an environment variable that is not set, for one.
 * @example
 * ```ts
 * import { CsmsClient, tokenCredentials } from "@csms/client";
 *
 * const credentials = tokenCredentials(process.env.CSMS_TOKEN!);
 * const csms = new CsmsClient({ region: "cn-north-4", credentials });
 * ```
 */
export function tokenCredentials(token: string | (() => string | Promise<string>)): Credentials {
  const isProvider = typeof token === "function";
  if (!token) checkHeaderValue("tokenCredentials: the token", token);
  const kept = new KeptValue<string>();
  const ask = async () => {
    const value = isProvider ? await token() : token;
    checkHeaderValue("tokenCredentials: the token", value);
    return value;
  };
  return {
    authorize: async ({ signal }) => ({ "X-Auth-Token": await kept.get(signal, ask) }),
    refused(headers) {
      kept.drop((value) => value === headers["X-Auth-Token"]);
      return isProvider;
    },
  };
}
