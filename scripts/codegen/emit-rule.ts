import { isOpenEnum, type Node, type Parameter, typeOf } from "@csms/openapi/reader";

/** A function of runtime/parameters.ts and what it is called with, or one that is a rule itself. */
interface Rule {
  name: string;
  values?: (Rule | RegExp | number | string | boolean | null)[];
}

/** What the contract says of a value, by the rules of runtime/parameters.ts. Adds to `used` those that it takes. */
export function emitRule({ in: place, schema, isDigits }: Parameter, used: Set<string>): string {
  const rules = isDigits ? digitRules(schema) : valueRules(schema);
  if (place === "path" && canBeDots(schema)) rules.push({ name: "isSegment" });
  return emit(all(rules), used);
}

function emit({ name, values }: Rule, used: Set<string>): string {
  used.add(name);
  const list = values?.map((value) => {
    if (value instanceof RegExp || typeof value === "number") return String(value);
    return value !== null && typeof value === "object" ? emit(value, used) : JSON.stringify(value);
  });
  return list ? `${name}(${list.join(", ")})` : name;
}

function all(rules: Rule[]): Rule {
  const [rule = { name: "isAnything" }, ...others] = rules;
  return others.length > 0 ? { name: "all", values: rules } : rule;
}

function valueRules(schema: Node): Rule[] {
  if (schema.const !== undefined) return [{ name: "isOneOf", values: [schema.const] }];
  if (schema.enum && !isOpenEnum(schema)) return [{ name: "isOneOf", values: schema.enum }];
  switch (typeOf(schema)) {
    case "boolean":
      return [{ name: "isBoolean" }];
    case "integer":
      return [{ name: "isInteger", values: integerRange(schema) }, ...multipleRule(schema)];
    case "number":
      return numberRules(schema);
    case "string":
      return textRules(schema);
    case "array": {
      const { minItems = 0, maxItems = Infinity, items = {} } = schema;
      return [{ name: "isList", values: [all(valueRules(items)), minItems, maxItems] }];
    }
    default:
      return [];
  }
}

function textRules({ pattern, minLength = 0, maxLength = Infinity }: Node): Rule[] {
  const rules: Rule[] = pattern ? [{ name: "matches", values: [new RegExp(pattern, "u")] }] : [];
  // A pattern says already that it is text.
  const isLong = minLength > 0 || maxLength < Infinity;
  if (!pattern || isLong) rules.unshift({ name: "isText", values: [minLength, maxLength] });
  return rules;
}

function digitRules(schema: Node): Rule[] {
  const { pattern, format, minLength = 0, maxLength = "" } = schema;
  const digits = pattern ? new RegExp(pattern, "u") : format.startsWith("u") ? /^\d+$/u : /^-?\d+$/u;
  const [from, to] = integerRange(schema);
  const range = from > -Infinity || to < Infinity ? [from, to] : [];
  const rules: Rule[] = [{ name: "isDigits", values: [digits, ...range] }];
  if (minLength > 0 || maxLength !== "") {
    rules.push({ name: "isDigits", values: [new RegExp(`^.{${minLength},${maxLength}}$`, "u")] });
  }
  return [...rules, ...multipleRule(schema)];
}

function numberRules(schema: Node): Rule[] {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum, exclusiveMaximum } = schema;
  const rules: Rule[] = [{ name: "isNumber", values: [minimum, maximum] }];
  if (exclusiveMinimum !== undefined) rules.push({ name: "isAbove", values: [exclusiveMinimum] });
  if (exclusiveMaximum !== undefined) rules.push({ name: "isBelow", values: [exclusiveMaximum] });
  return [...rules, ...multipleRule(schema)];
}

function multipleRule({ multipleOf }: Node): Rule[] {
  return multipleOf === undefined ? [] : [{ name: "isMultipleOf", values: [multipleOf] }];
}

/** The least and the largest integer. */
function integerRange(schema: Node): [number, number] {
  const { minimum = -Infinity, exclusiveMinimum = -Infinity } = schema;
  const { maximum = Infinity, exclusiveMaximum = Infinity } = schema;
  return [
    Math.max(Math.ceil(minimum), Math.floor(exclusiveMinimum) + 1),
    Math.min(Math.floor(maximum), Math.ceil(exclusiveMaximum) - 1),
  ];
}

/** A path without a name, or with dots for one, is another path. */
function canBeDots(schema: Node): boolean {
  const { type = "string", minLength = 0, pattern = "", const: only, enum: values } = schema;
  const choices = only !== undefined ? [only] : values && !isOpenEnum(schema) ? values : ["", ".", ".."];
  const names = choices.filter((name: unknown) => ["", ".", ".."].some((odd) => odd === name));
  return (
    [type].flat().includes("string") &&
    names.some((name: string) => name.length >= minLength && new RegExp(pattern, "u").test(name))
  );
}
