import type { Node } from "@csms/openapi/reader";

const RULES = ["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "default"];

/** A schema as Markdown: what it says of itself, and its properties, those of an inline schema below its own. */
export function propertyList(schema: Node): string {
  const rules = rulesOf(schema).map((rule) => item(rule));
  return [schema?.description?.trim(), ...membersOf(schema), ...membersOf(schema?.items), ...rules]
    .filter(Boolean)
    .join("\n\n");
}

function membersOf(schema: Node): string[] {
  const parts: Node[] = [schema, ...(schema?.allOf ?? [])].filter(Boolean);
  return parts.flatMap((part) => [
    ...(part === schema ? [] : [part.$ref ? `All of ${typeOf(part)}.` : part.description]),
    ...Object.entries<Node>(part.properties ?? {}).map(([name, node]) => {
      const presence = part.required?.includes(name) ? "always there" : "may be missing";
      const facts = [typeOf(node), presence, ...rulesOf(node), ...exampleOf(node)];
      return item(`\`${name}\`: ${facts.join(", ")}`, node.description, ...membersOf(node), ...membersOf(node.items));
    }),
  ]);
}

/** Such as `string`, `array of [Secret](#/components/schemas/Secret)`, `integer or null`. */
export function typeOf(schema: Node): string {
  if (schema?.$ref) return `[${schema.$ref.split("/").at(-1)}](${schema.$ref})`;
  const [, choices] =
    Object.entries<Node>(schema ?? {}).find(([key]) => ["oneOf", "anyOf", "allOf"].includes(key)) ?? [];
  if (choices && !schema.type) return choices.map(typeOf).join(schema.allOf ? " and " : " or ");
  const types = [schema?.type ?? "anything"].flat();
  return types.map((type) => (type === "array" ? `array of ${typeOf(schema.items)}` : type)).join(" or ");
}

export function rulesOf(schema: Node): string[] {
  const rules = RULES.filter((rule) => schema?.[rule] !== undefined).map((rule) => `${rule} \`${schema[rule]}\``);
  const values: unknown[] | undefined = schema?.enum ?? (schema?.const === undefined ? undefined : [schema.const]);
  return values ? [...rules, `one of ${values.map((value) => `\`${value}\``).join(", ")}`] : rules;
}

function exampleOf(schema: Node): string[] {
  const value = schema?.example ?? schema?.examples?.[0];
  return value === undefined ? [] : [`for example \`${JSON.stringify(value)}\``];
}

/** A list's item: a line, and blocks below it. */
export function item(line: string, ...blocks: (string | undefined)[]): string {
  return [line, ...blocks.filter(Boolean)]
    .join("\n\n")
    .replace(/^/, "- ")
    .replaceAll(/\n(?=[^\n])/g, "\n  ");
}
