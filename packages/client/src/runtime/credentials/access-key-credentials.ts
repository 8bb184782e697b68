import { checkHeaderValue } from "../http/header-value.ts";
import type { AccessKey } from "./access-key.ts";
import type { Credentials } from "./credentials.ts";
import { KeptValue } from "./kept-value.ts";
import { createSha256 } from "./sha256.ts";
import { type SigningKey, sign } from "./sign.ts";

// Less than the service's 15 minutes: the attempt took time, too.
const MAX_SKEW = 5 * 60_000;

// As text, it is in the order of time.
const toSdkDate = (time: number) => `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;

/**
 * Signs each request with an access key (AK/SK, `SDK-HMAC-SHA256`). The service accepts a clock that is 15 minutes off;
 * when it refuses a signature whose time is far from its own, the request is signed anew with the service's clock, and
 * later ones, too.
 *
 * @param key The access key, or a function that gets one, for keys that rotate. The function is asked once for all calls
 *   that wait for it; what it returns is kept, and it is asked again when the service refuses a signature made with it,
 *   or when a call's time ran out before it answered.
 * @example
 * ```ts
 * import { accessKeyCredentials, CsmsClient } from "@csms/client";
 *
 * const csms = new CsmsClient({
 *   region: "cn-north-4",
 *   credentials: accessKeyCredentials({
 *     accessKeyId: process.env.HUAWEICLOUD_SDK_AK!,
 *     secretAccessKey: process.env.HUAWEICLOUD_SDK_SK!,
 *   }),
 * });
 * ```
 */
export function accessKeyCredentials(key: AccessKey | (() => AccessKey | Promise<AccessKey>)): Credentials {
  const isProvider = typeof key === "function";
  const kept = new KeptValue<SigningKey & Pick<AccessKey, "securityToken">>();
  let clockOffset = 0;
  // Calls of one second share it: to write it out anew for each took a twentieth of a call.
  let second = Number.NaN;
  let sdkDate = "";
  const now = () => {
    const time = Date.now() + clockOffset;
    if (Math.floor(time / 1000) !== second) {
      second = Math.floor(time / 1000);
      sdkDate = toSdkDate(time);
    }
    return sdkDate;
  };
  const ask = async () => {
    const { accessKeyId, secretAccessKey, securityToken }: AccessKey = Object(isProvider ? await key() : key);
    const given = { accessKeyId, secretAccessKey, ...(securityToken && { securityToken }) };
    for (const [name, value] of Object.entries(given)) checkHeaderValue(`accessKeyCredentials: ${name}`, value);
    return { accessKeyId, securityToken, sha256: createSha256(secretAccessKey) };
  };
  return {
    async authorize(attempt) {
      const accessKey = await kept.get(attempt.signal, ask);
      const headers: Record<string, string> = { "X-Sdk-Date": now() };
      if (attempt.projectId) headers["X-Project-Id"] = attempt.projectId;
      if (accessKey.securityToken) headers["X-Security-Token"] = accessKey.securityToken;
      headers.Authorization = await sign(attempt, headers, accessKey);
      return headers;
    },
    refused({ Authorization, "X-Sdk-Date": signedAt = "" }, serverTime) {
      if (serverTime && (signedAt < toSdkDate(serverTime - MAX_SKEW) || signedAt > toSdkDate(serverTime + MAX_SKEW))) {
        clockOffset = serverTime - Date.now();
        return true;
      }
      kept.drop(({ accessKeyId }) => !!Authorization?.includes(`Access=${accessKeyId},`));
      return isProvider;
    },
  };
}
