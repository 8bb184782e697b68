import { type Parameter, typeOf } from "@csms/openapi/reader";

/** What the contract says of a value, by the rules of runtime/parameters.ts. Adds to `used` those that it takes. */
export function emitRule(parameter: Parameter, used: Set<string>): string {
  const rules = listRules(parameter);
  if (rules.length === 0) rules.push("isAnything");
  if (rules.length > 1) used.add("all");
  for (const rule of rules) used.add(rule.replace(/\(.*/s, ""));
  return rules.length > 1 ? `all(${rules.join(", ")})` : String(rules[0]);
}

function listRules({ in: place, schema, isDigits }: Parameter): string[] {
  const { enum: values = [schema.const], pattern, format, minimum, maximum, minLength, maxLength } = schema;
  const range = (from = -Infinity, to = Infinity) => `(${from}, ${to})`;
  if (values[0] !== undefined) return [`isOneOf(${values.map((value: unknown) => JSON.stringify(value)).join(", ")})`];
  const type = typeOf(schema);
  if (type === "integer") return [`isInteger${range(minimum, maximum)}`];
  if (type === "number") return [`isNumber${range(minimum, maximum)}`];
  if (type === "boolean") return ["isBoolean"];
  const rules: string[] = [];
  if (isDigits) {
    rules.push(`isDigits(${pattern ? new RegExp(pattern, "u") : format.startsWith("u") ? /^\d+$/u : /^-?\d+$/u})`);
  } else if (type === "string") {
    // A pattern says already that it is text.
    if (!pattern || (minLength ?? maxLength)) rules.push(`isText${range(minLength ?? 0, maxLength)}`);
    if (pattern) rules.push(`matches(${new RegExp(pattern, "u")})`);
  }
  // A path without a name, or with dots for one, is another path.
  const isOdd = ["", ".", ".."].some(
    (name) => name.length >= (minLength ?? 0) && (!pattern || new RegExp(pattern, "u").test(name)),
  );
  if (place === "path" && isOdd) rules.push(`matches(${/^(?!\.{0,2}$)/u})`);
  return rules;
}
