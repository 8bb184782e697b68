/** SHA-256, and HMAC-SHA-256 with a key, in hexadecimal. */
export interface Sha256 {
  hash(data: string | Uint8Array<ArrayBuffer>): string | Promise<string>;
  hmac(data: string): string | Promise<string>;
}

type NodeCrypto = typeof import("node:crypto");

const utf8 = (data: string) => new TextEncoder().encode(data);
const hex = (bytes: ArrayBuffer) =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

export function createSha256(key: string): Sha256 {
  // Node's own is some times faster than WebCrypto, and only there for who asks: an import would take longer than all
  // else that the package imports, and no bundle for browsers can have it.
  const crypto: Partial<NodeCrypto> | undefined = globalThis.process?.getBuiltinModule?.("node:crypto");
  const hash = crypto?.hash;
  return hash && /^[ -~]{1,64}$/.test(key) ? byNode(hash, key) : byWebCrypto(key);
}

function byNode(hash: NodeCrypto["hash"], key: string): Sha256 {
  // RFC 2104, 2. Node's Hmac is a stream, which costs more than what it hashes.
  const pad = (mask: number, length: number) => Uint8Array.from({ length }, (_, place) => key.charCodeAt(place) ^ mask);
  const inner = String.fromCharCode(...pad(0x36, 64));
  // Behind its pad comes what the inner one hashes to.
  const outer = pad(0x5c, 96);
  return {
    hash: (data) => hash("sha256", data, "hex"),
    hmac(data) {
      outer.set(hash("sha256", inner + data, "buffer"), 64);
      return hash("sha256", outer, "hex");
    },
  };
}

const byWebCrypto = (key: string): Sha256 => ({
  async hash(data) {
    return hex(await crypto.subtle.digest("SHA-256", typeof data === "string" ? utf8(data) : data));
  },
  async hmac(data) {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const imported = await crypto.subtle.importKey("raw", utf8(key), algorithm, false, ["sign"]);
    return hex(await crypto.subtle.sign("HMAC", imported, utf8(data)));
  },
});
