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

/**
 * Signs each request with an access key (AK/SK, `SDK-HMAC-SHA256`). The clock may be off by 15 minutes.
 *
 * @param key The access key, or a function that gets one, for keys that rotate. The function is asked once for all calls
 *   that wait for it; what it returns is kept, and it is asked again when the service refuses a signature made with it.
 */
export function accessKeyCredentials(key: AccessKey | (() => AccessKey | Promise<AccessKey>)): Credentials {
  const isProvider = typeof key === "function";
  const kept = new KeptValue(async () => {
    const { accessKeyId, secretAccessKey, securityToken } = isProvider ? await key() : key;
    if (accessKeyId && secretAccessKey) return { accessKeyId, secretAccessKey, securityToken };
    throw new CsmsInputError("accessKeyId and secretAccessKey are required");
  });
  return {
    async authorize(attempt) {
      const accessKey = await kept.get();
      const { securityToken } = accessKey;
      const headers: Record<string, string> = {
        "X-Sdk-Date": new Date().toISOString().replace(/[-:]|\.\d+/g, ""),
        ...(attempt.projectId && { "X-Project-Id": attempt.projectId }),
        ...(securityToken && { "X-Security-Token": securityToken }),
      };
      return { ...headers, Authorization: await sign(attempt, headers, accessKey) };
    },
    refused({ Authorization }) {
      kept.drop(({ accessKeyId }) => !!Authorization?.includes(`Access=${accessKeyId},`));
      return isProvider;
    },
  };
}
