// Node's own is some times faster than WebCrypto, and only there for who asks: an import would take longer than all else
// that the package imports, and no bundle for browsers can have it.
const findNodeCrypto = (): typeof import("node:crypto") | undefined =>
  globalThis.process?.getBuiltinModule?.("node:crypto");

const utf8 = (data: string) => new TextEncoder().encode(data);
const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256 in hexadecimal. */
export function sha256(data: string | ArrayBuffer): string | Promise<string> {
  const isText = typeof data === "string";
  return (
    findNodeCrypto()?.hash?.("sha256", isText ? data : new Uint8Array(data), "hex") ??
    crypto.subtle.digest("SHA-256", isText ? utf8(data) : data).then(hex)
  );
}

/** HMAC-SHA-256 in hexadecimal. */
export function hmacSha256(key: string, data: string): string | Promise<string> {
  return findNodeCrypto()?.createHmac("sha256", key).update(data).digest("hex") ?? hmacByWebCrypto(key, data);
}

async function hmacByWebCrypto(key: string, data: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", utf8(key), algorithm, false, ["sign"]);
  return hex(await crypto.subtle.sign("HMAC", imported, utf8(data)));
}
