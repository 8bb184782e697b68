import { checkValue, type Schema } from "./prism.ts";

/**
 * Holds what a test gives to the mock against a schema, and gives a copy without what is undefined.
 *
 * @param root What the value is called, for example `verify`; empty when its own properties are.
 * @throws {RangeError} It breaks the schema; the message names each place and its rule.
 */
export function checkGiven<Value>(value: Value, schema: Schema, root: string): Value {
  const copy: Value = JSON.parse(JSON.stringify(value ?? null));
  const problems = new Map<string, string>();
  for (const { path = [], code, message } of checkValue(copy, schema)) {
    const [, unknown] = /must NOT have additional properties; found '(.*)'$/.exec(message) ?? [];
    const place = toPlace(root, unknown === undefined ? path : [...path, unknown]);
    if (problems.has(place)) continue;
    const names = namesAt(schema, path).join(", ");
    const rule = code === "minProperties" ? `is empty: take some of ${names}` : message;
    problems.set(place, `${place} ${unknown === undefined ? rule : `is unknown: take one of ${names}`}.`);
  }
  if (problems.size > 0) throw new RangeError([...problems.values()].slice(0, 5).join("\n"));
  return copy;
}

/** Such as `secrets[0].versions[1].id`. */
function toPlace(root: string, path: string[]): string {
  const place = path.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join("");
  return root ? root + place : place.replace(/^\./, "");
}

/** The properties that the schema allows at a place. */
function namesAt(schema: Schema, path: string[]): string[] {
  const at = path.reduce((parent, key) => Object(parent.properties?.[key] ?? parent.items), Object(schema));
  return Object.keys(Object(at.properties));
}
