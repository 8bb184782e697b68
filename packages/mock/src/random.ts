import { hash } from "node:crypto";

type Key = (string | number)[];

/** Eight numbers from 0 up to but not including 1, which depend on the key alone. */
export function draw(...key: Key): number[] {
  const digits = hexDigits(64, ...key);
  return [0, 8, 16, 24, 32, 40, 48, 56].map((start) => Number.parseInt(digits.slice(start, start + 8), 16) / 2 ** 32);
}

/** As many hexadecimal digits, at most 64, which depend on the key alone. */
export function hexDigits(length: number, ...key: Key): string {
  return hash("sha256", key.join("/")).slice(0, length);
}
