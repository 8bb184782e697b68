import type { Credentials } from "./credentials.ts";
import { CsmsInputError } from "./errors.ts";
import { KeptValue } from "./kept-value.ts";

function checkToken(token: unknown): string {
  if (typeof token === "string" && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new CsmsInputError("the token must be visible ASCII characters, without spaces or line breaks");
}

/**
 * A token from IAM, sent as `X-Auth-Token`.
 *
 * @param token The token, or a function that gets one. The function is asked once for all calls that wait for it; what
 *   it returns is kept, and it is asked again when the service refuses that token. When it fails, the calls that waited
 *   for it reject with its error.
 * @throws {CsmsInputError} The token can't be sent in a header. (From a function: the call rejects with it.)
 */
export function tokenCredentials(token: string | (() => string | Promise<string>)): Credentials {
  if (typeof token !== "function") {
    const headers = { "X-Auth-Token": checkToken(token) };
    return { authorize: () => headers };
  }
  const kept = new KeptValue(async () => checkToken(await token()));
  return {
    authorize: async () => ({ "X-Auth-Token": await kept.get() }),
    refused(headers) {
      kept.drop((value) => value === headers["X-Auth-Token"]);
      return true;
    },
  };
}
