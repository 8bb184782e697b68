import { hexDigits } from "./random.ts";

export const day = 24 * 60 * 60 * 1000;
export const firstDay = Date.UTC(2019, 0, 1);
// Fixed, because the same seed makes the same secrets on every day.
export const today = Date.UTC(2026, 0, 1);
export const lastRotation = today - 60 * day;

/** What most secrets have. */
export const usualFields = { secret_type: "COMMON", auto_rotation: false, enterprise_project_id: "0" } as const;

/** The service's times are whole seconds, in milliseconds. */
export function seconds(time: number): number {
  return Math.floor(time / 1000) * 1000;
}

/** The id of a secret. It depends on the key alone. */
export function uuid(...key: (string | number)[]): string {
  const digits = hexDigits(32, ...key);
  const part = (start: number, end: number) => digits.slice(start, end);
  return `${part(0, 8)}-${part(8, 12)}-4${part(13, 16)}-a${part(17, 20)}-${part(20, 32)}`;
}

/** Markers in the order of the service: names as text, version ids by their numbers. */
export const compareNames = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
export const compareVersions = (left: string, right: string) => left.localeCompare(right, "en", { numeric: true });
