// The same as hmac-node.ts, where there is no node:crypto.
const utf8 = (data: string) => new TextEncoder().encode(data);
const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256 in hexadecimal. */
export async function sha256(data: string | ArrayBuffer): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", typeof data === "string" ? utf8(data) : data));
}

/** HMAC-SHA-256 in hexadecimal. */
export async function hmacSha256(key: string, data: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", utf8(key), algorithm, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", imported, utf8(data)));
}
