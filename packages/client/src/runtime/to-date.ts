/**
 * Reads a time of this API: milliseconds since 1970-01-01T00:00:00Z. The pages say seconds; their own examples, and the
 * service, have milliseconds.
 */
export function toDate(timestamp: number): Date;
/** A time that is null or missing gives undefined. */
export function toDate(timestamp: number | null | undefined): Date | undefined;
export function toDate(timestamp: number | null | undefined): Date | undefined {
  return timestamp == null ? undefined : new Date(timestamp);
}
