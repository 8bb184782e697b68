import { ContractError, type Node, type Resolver } from "./resolver.ts";

type Merge = (left: Node, right: Node) => Node;

const both: Merge = (left, right) => left.filter((value: unknown) => right.includes(value));
const stricter: Record<string, Merge> = {
  type: (left, right) => {
    const [types, others] = [[left].flat(), [right].flat()];
    const within = (some: string[], all: string[]) =>
      some.filter((type) => all.includes(type) || (type === "integer" && all.includes("number")));
    const kept = [...new Set([...within(types, others), ...within(others, types)])];
    return kept.length === 1 ? kept[0] : kept;
  },
  enum: both,
  properties: (left, right) => ({ ...right, ...left }),
  required: (left, right) => [...new Set([...left, ...right])],
  ...Object.fromEntries(
    ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"].map((key) => [key, Math.max]),
  ),
  ...Object.fromEntries(
    ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"].map((key) => [key, Math.min]),
  ),
};

// What holds nothing to anything: the outermost counts.
const ANNOTATION = /^(title|description|default|examples?|deprecated|readOnly|writeOnly|externalDocs|x-.*)$/;

/**
 * One schema that says what a schema says together with what its `$ref` and `allOf` lead to. Of what may be null it
 * says what it is otherwise.
 */
export function mergeSchema(resolver: Resolver, schema: Node, place: string, around: string[] = []): Node {
  if (typeof schema === "boolean") return {};
  const { $ref, allOf = [], ...own } = schema;
  if (around.includes($ref)) throw new ContractError(place, `can't follow $ref ${$ref}`);
  const parts = [...allOf];
  for (const key of ["anyOf", "oneOf"]) {
    const [only, ...others] = own[key]?.filter((part: Node) => part.type !== "null") ?? [];
    if (!only || others.length > 0) continue;
    parts.push(only);
    delete own[key];
  }
  const merged = parts.map((part) => mergeSchema(resolver, part, place, around));
  if ($ref) merged.unshift(mergeSchema(resolver, resolver.follow($ref, place), place, [...around, $ref]));
  return merged.reduce((left, right) => mergeTwo(left, right, place), own);
}

function mergeTwo(left: Node, right: Node, place: string): Node {
  const merged = { ...right, ...left };
  for (const [key, value] of Object.entries(right)) {
    const other = left[key];
    if (other === undefined || ANNOTATION.test(key) || JSON.stringify(other) === JSON.stringify(value)) continue;
    const merge = stricter[key];
    if (!merge) throw new ContractError(place, `has a schema that says ${key} twice: say it once`);
    merged[key] = merge(other, value);
  }
  return merged;
}

/** The `type` of a schema; whether it may be null, too, is another matter. */
export function typeOf(schema: Node): string {
  const types = [schema.type].flat().filter((type) => type !== "null");
  return types.join(" or ");
}

/** Whether it is decimal digits, sent as text: `type: string` with an integer `format`. */
export function isDigits({ type, format = "", ...schema }: Node): boolean {
  return type === "string" && !schema.enum && schema.const === undefined && /^u?int\d+$/.test(format);
}

/** Whether the service may add to the texts of an `enum`, as `x-open-enum: true` says. */
export function isOpenEnum(schema: Node): boolean {
  return schema?.["x-open-enum"] === true && Array.isArray(schema.enum) && [schema.type].flat().includes("string");
}
