import type { Credentials } from "./credentials.ts";
import { KeptValue } from "./kept-value.ts";

/**
 * A token from IAM, sent as `X-Auth-Token`.
 *
 * @param token The token, or a function that gets one. The function is asked once for all calls that wait for it; what
 *   it returns is kept, and it is asked again when the service refuses that token. When it fails, the calls that waited
 *   for it reject with its error.
 */
export function tokenCredentials(token: string | (() => string | Promise<string>)): Credentials {
  const isProvider = typeof token === "function";
  const kept = new KeptValue(isProvider ? token : () => token);
  return {
    authorize: async () => ({ "X-Auth-Token": await kept.get() }),
    refused(headers) {
      kept.drop((value) => value === headers["X-Auth-Token"]);
      return isProvider;
    },
  };
}
