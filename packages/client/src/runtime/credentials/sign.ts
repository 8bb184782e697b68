import type { Attempt } from "./credentials.ts";
import type { Sha256 } from "./sha256.ts";

const ALGORITHM = "SDK-HMAC-SHA256";
let hashOfNothing: string | undefined;

/** Percent-encodes all but the unreserved characters (RFC 3986, 2.3). */
function encode(text: string): string {
  // What is plain stays as it is: most of every query.
  return text.replace(/[^\w.~-]+/g, (part) =>
    encodeURIComponent(part).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
  );
}

/** An access key, ready to sign. */
export interface SigningKey {
  accessKeyId: string;
  /** With the secret access key. */
  sha256: Sha256;
}

/**
 * The `Authorization` header of an AK/SK signature (SDK-HMAC-SHA256), as Huawei Cloud's own SDK makes it.
 *
 * @param headers The headers to sign beside `host`, `X-Sdk-Date` among them.
 */
export async function sign(
  { method, url, body }: Pick<Attempt, "method" | "url" | "body">,
  headers: Record<string, string>,
  { accessKeyId, sha256 }: SigningKey,
): Promise<string> {
  const path = url.pathname.replace(/(%..|[^\w.~/-])+/g, (part) => encode(decodeURIComponent(part)));
  // By name, then by value, as text in UTF-16 order.
  const query = [...url.searchParams]
    .sort(([a, x], [b, y]) => (a < b || (a === b && x < y) ? -1 : 1))
    .map((pair) => pair.map(encode).join("="));
  const signed: Record<string, string> = { host: url.host };
  for (const [name, value] of Object.entries(headers)) signed[name.toLowerCase()] = value;
  const order = Object.keys(signed).sort();
  const names = order.join(";");
  hashOfNothing ??= await sha256.hash("");
  const canonicalRequest = [
    method,
    path.endsWith("/") ? path : `${path}/`,
    query.join("&"),
    ...order.map((name) => `${name}:${signed[name]}`),
    "",
    names,
    body ? await sha256.hash(new Uint8Array(body)) : hashOfNothing,
  ].join("\n");
  const stringToSign = [ALGORITHM, headers["X-Sdk-Date"], await sha256.hash(canonicalRequest)].join("\n");
  const signature = await sha256.hmac(stringToSign);
  return `${ALGORITHM} Access=${accessKeyId}, SignedHeaders=${names}, Signature=${signature}`;
}
