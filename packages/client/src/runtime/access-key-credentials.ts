import type { Credentials } from "./credentials.ts";
import { CsmsInputError } from "./errors.ts";
import { KeptValue } from "./kept-value.ts";
import { sign } from "./sign.ts";

/** An access key: permanent, or temporary with a security token. */
export interface AccessKey {
  /** AK. */
  accessKeyId: string;
  /** SK. It is never sent. */
  secretAccessKey: string;
  /** Goes with a temporary access key. */
  securityToken?: string | undefined;
}

function checkKey(key: AccessKey): AccessKey {
  for (const name of ["accessKeyId", "secretAccessKey"] as const) {
    if (typeof key?.[name] !== "string" || !/^[\x21-\x7e]+$/.test(key[name])) {
      throw new CsmsInputError(`${name} must be visible ASCII characters, without spaces or line breaks`);
    }
  }
  return key;
}

/**
 * Signs each request with an access key (AK/SK, `SDK-HMAC-SHA256`). The clock may be off by 15 minutes.
 *
 * @param key The access key, or a function that gets one, for keys that rotate. The function is asked once for all calls
 *   that wait for it; what it returns is kept, and it is asked again when the service refuses a signature made with it.
 * @throws {CsmsInputError} The access key is not usable. (From a function: the call rejects with it.)
 */
export function accessKeyCredentials(key: AccessKey | (() => AccessKey | Promise<AccessKey>)): Credentials {
  const isProvider = typeof key === "function";
  const kept = new KeptValue(isProvider ? async () => checkKey(await key()) : () => fixed);
  const fixed = isProvider ? (undefined as never) : { ...checkKey(key) };
  return {
    async authorize({ method, url, body, projectId }) {
      const { accessKeyId, secretAccessKey, securityToken } = await kept.get();
      const headers = {
        "X-Sdk-Date": new Date().toISOString().replace(/[-:]|\.\d+/g, ""),
        ...(projectId && { "X-Project-Id": projectId }),
        ...(securityToken && { "X-Security-Token": securityToken }),
      };
      const signed: Record<string, string> = { host: url.host };
      for (const [name, value] of Object.entries(headers)) signed[name.toLowerCase()] = value;
      const Authorization = await sign({ method, url, body, headers: signed }, accessKeyId, secretAccessKey);
      return { ...headers, Authorization };
    },
    refused({ Authorization }) {
      kept.drop(({ accessKeyId }) => !!Authorization?.includes(`Access=${accessKeyId},`));
      return isProvider;
    },
  };
}
