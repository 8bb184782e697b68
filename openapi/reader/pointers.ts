/** The keys of a JSON Pointer such as `#/paths/~1things/get`, or `/paths/~1things/get` (RFC 6901). */
export function pointerKeys(pointer: string): string[] {
  const [, ...keys] = pointer.split("/");
  return keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A key as a part of a JSON Pointer: `/things` → `~1things`. */
export function pointerToken(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
