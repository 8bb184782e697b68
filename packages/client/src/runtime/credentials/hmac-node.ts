import { createHmac, hash } from "node:crypto";

/** SHA-256 in hexadecimal. */
export function sha256(data: string | ArrayBuffer): string {
  return hash("sha256", typeof data === "string" ? data : new Uint8Array(data), "hex");
}

/** HMAC-SHA-256 in hexadecimal. */
export function hmacSha256(key: string, data: string): string {
  return createHmac("sha256", key).update(data).digest("hex");
}
