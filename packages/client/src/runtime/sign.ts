// node:crypto where there is one, WebCrypto elsewhere: package.json, "imports".
import { hmacSha256, sha256 } from "#hmac";

const ALGORITHM = "SDK-HMAC-SHA256";

/** Percent-encodes all but the unreserved characters (RFC 3986, 2.3). */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The `Authorization` header of an AK/SK signature (SDK-HMAC-SHA256), as Huawei Cloud's own SDK makes it.
 *
 * @param headers The headers to sign, in lower case: `host` and `x-sdk-date` among them.
 */
export async function sign(
  request: { method: string; url: URL; body: Uint8Array<ArrayBuffer>; headers: Record<string, string> },
  accessKeyId: string,
  secretAccessKey: string,
): Promise<string> {
  const { method, url, body, headers } = request;
  const path = url.pathname
    .split("/")
    .map((segment) => encode(decodeURIComponent(segment)))
    .join("/");
  const query = [...url.searchParams]
    .sort(([a, first], [b, second]) => compare(a, b) || compare(first, second))
    .map((pair) => pair.map(encode).join("="))
    .join("&");
  const names = Object.keys(headers).sort();
  const canonicalRequest = [
    method,
    path.endsWith("/") ? path : `${path}/`,
    query,
    names.map((name) => `${name}:${headers[name]}\n`).join(""),
    names.join(";"),
    await sha256(body),
  ].join("\n");
  const stringToSign = [ALGORITHM, headers["x-sdk-date"], await sha256(canonicalRequest)].join("\n");
  const signature = await hmacSha256(secretAccessKey, stringToSign);
  return `${ALGORITHM} Access=${accessKeyId}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
}
