/** SHA-256, and HMAC-SHA-256 with a key, in hexadecimal. */
export interface Sha256 {
  hash(data: string | Uint8Array<ArrayBuffer>): string | Promise<string>;
  hmac(data: string): string | Promise<string>;
}

type NodeCrypto = typeof import("node:crypto");

export function createSha256(key: string): Sha256 {
  // Node's own is some times faster than WebCrypto, and only there for who asks: an import would take longer than all
  // else that the package imports, and no bundle for browsers can have it.
  const nodeCrypto: Partial<NodeCrypto> | undefined = globalThis.process?.getBuiltinModule?.("node:crypto");
  return nodeCrypto?.hash ? byNode(nodeCrypto as NodeCrypto, key) : byWebCrypto(key);
}

function byNode({ hash, createHmac, createSecretKey }: NodeCrypto, key: string): Sha256 {
  const secretKey = createSecretKey(key, "utf8");
  return {
    hash: (data) => hash("sha256", data, "hex"),
    hmac: (data) => createHmac("sha256", secretKey).update(data).digest("hex"),
  };
}

function byWebCrypto(key: string): Sha256 {
  const utf8 = (data: string) => new TextEncoder().encode(data);
  const hex = (bytes: ArrayBuffer) =>
    Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  let secretKey: Promise<CryptoKey> | undefined;
  return {
    async hash(data) {
      return hex(await crypto.subtle.digest("SHA-256", typeof data === "string" ? utf8(data) : data));
    },
    async hmac(data) {
      secretKey ??= crypto.subtle.importKey("raw", utf8(key), algorithm, false, ["sign"]);
      return hex(await crypto.subtle.sign("HMAC", await secretKey, utf8(data)));
    },
  };
}
