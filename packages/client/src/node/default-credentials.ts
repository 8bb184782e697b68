import { type Credentials, CsmsError, CsmsInputError, environmentCredentials } from "../index.ts";
import { instanceCredentials } from "./instance-credentials.ts";
import { profileCredentials } from "./profile-credentials.ts";

/**
 * The first of these that has an access key, in the order of the official SDKs: the environment
 * (`environmentCredentials`), the profile file (`profileCredentials`), the metadata of the instance that this runs on
 * (`instanceCredentials`). The first two are looked at now, the last one when a call needs it: where it has no key
 * either, the call rejects with a `CsmsInputError` that lists why each had none.
 */
export function defaultCredentials(): Credentials {
  const reasons: string[] = [];
  for (const make of [environmentCredentials, profileCredentials]) {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof CsmsInputError)) throw error;
      reasons.push(error.message);
    }
  }
  const instance = instanceCredentials();
  let wasFound = false;
  return {
    ...instance,
    async authorize(attempt) {
      try {
        const headers = await instance.authorize(attempt);
        wasFound = true;
        return headers;
      } catch (error) {
        if (wasFound || !(error instanceof CsmsError)) throw error;
        const list = [...reasons, error.message].map((reason) => `\n- ${reason}`).join("");
        throw new CsmsInputError(`defaultCredentials: no access key found:${list}`, undefined, { cause: error });
      }
    },
  };
}
