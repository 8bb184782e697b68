// node:crypto where there is one, WebCrypto elsewhere: package.json, "imports".
import { hmacSha256, sha256 } from "#hmac";

import type { AccessKey } from "./access-key.ts";
import type { Attempt } from "./credentials.ts";

const ALGORITHM = "SDK-HMAC-SHA256";

/** Percent-encodes all but the unreserved characters (RFC 3986, 2.3). */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * The `Authorization` header of an AK/SK signature (SDK-HMAC-SHA256), as Huawei Cloud's own SDK makes it.
 *
 * @param headers The headers to sign beside `host`, `X-Sdk-Date` among them.
 */
export async function sign(
  { method, url, body }: Pick<Attempt, "method" | "url" | "body">,
  headers: Record<string, string>,
  { accessKeyId, secretAccessKey }: AccessKey,
): Promise<string> {
  const path = url.pathname.split("/").map((segment) => encode(decodeURIComponent(segment)));
  if (path.at(-1)) path.push("");
  // By name, then by value, as text in UTF-16 order; NUL sorts a name before the longer ones that it begins.
  const query = [...url.searchParams]
    .map((pair) => [pair.join("\0"), pair.map(encode).join("=")] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, pair]) => pair);
  const signed = Object.entries({ host: url.host, ...headers })
    .map(([name, value]) => [name.toLowerCase(), value])
    .sort();
  const names = signed.map(([name]) => name).join(";");
  const canonicalRequest = [
    method,
    path.join("/"),
    query.join("&"),
    ...signed.map((header) => header.join(":")),
    "",
    names,
    await sha256(body ?? ""),
  ].join("\n");
  const stringToSign = [ALGORITHM, headers["X-Sdk-Date"], await sha256(canonicalRequest)].join("\n");
  const signature = await hmacSha256(secretAccessKey, stringToSign);
  return `${ALGORITHM} Access=${accessKeyId}, SignedHeaders=${names}, Signature=${signature}`;
}
