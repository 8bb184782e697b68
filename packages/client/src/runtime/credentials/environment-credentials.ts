import { CsmsInputError } from "../errors.ts";
import { accessKeyCredentials } from "./access-key-credentials.ts";
import type { Credentials } from "./credentials.ts";

/**
 * Signs with the access key in the environment variables of the official SDK: `HUAWEICLOUD_SDK_AK`,
 * `HUAWEICLOUD_SDK_SK`, and, where they are set, `HUAWEICLOUD_SDK_SECURITY_TOKEN` and `HUAWEICLOUD_SDK_PROJECT_ID`.
 *
 * @throws {CsmsInputError} names the variables that are missing.
 */
export function environmentCredentials(): Credentials {
  const environment: Record<string, string | undefined> =
    (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env ?? {};
  const get = (name: string) => environment[`HUAWEICLOUD_SDK_${name}`];
  const missing = ["AK", "SK"].filter((name) => !get(name)).map((name) => `HUAWEICLOUD_SDK_${name}`);
  if (missing.length > 0) throw new CsmsInputError(`environment variables that are not set: ${missing.join(", ")}`);
  const key = {
    accessKeyId: get("AK") as string,
    secretAccessKey: get("SK") as string,
    securityToken: get("SECURITY_TOKEN"),
  };
  return { ...accessKeyCredentials(key), projectId: get("PROJECT_ID") || undefined };
}
