import { createHash, createHmac } from "node:crypto";

/** SHA-256 in hexadecimal. */
export function sha256(data: string | ArrayBuffer): string {
  return createHash("sha256")
    .update(typeof data === "string" ? data : new Uint8Array(data))
    .digest("hex");
}

/** HMAC-SHA-256 in hexadecimal. */
export function hmacSha256(key: string, data: string): string {
  return createHmac("sha256", key).update(data).digest("hex");
}
