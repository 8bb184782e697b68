import { pointerToken } from "./pointers.ts";
import type { Node, Resolver } from "./resolver.ts";

/** A field of a JSON value. */
export interface Field {
  /** Every schema that describes it. */
  schemas: Node[];
  /** Whether it is there whatever the value is, and never null. */
  isAlways: boolean;
}

/** The fields of a JSON value by their JSON Pointers, the value itself under "". Lists are not entered. */
export function fieldsOf(resolver: Resolver, schema: Node, place: string): Map<string, Field> {
  const fields = new Map<string, Field>();
  const add = (node: Node, pointer: string, isRequired: boolean, around: Node[]): void => {
    const parts = partsOf(resolver, node, place);
    // A value may hold another one like it.
    if (parts.some((part) => around.includes(part.schema))) return;
    const schemas = parts.map((part) => part.schema);
    const certain = parts.filter((part) => part.isCertain).map((part) => part.schema);
    const isNullable = parts.some((part) => [part.schema.type].flat().includes("null"));
    const isAlways = isRequired && !isNullable;
    const field = fields.get(pointer);
    fields.set(pointer, {
      schemas: [...(field?.schemas ?? []), ...schemas],
      isAlways: isAlways && (field?.isAlways ?? true),
    });
    for (const part of schemas) {
      for (const [name, property] of Object.entries<Node>(part.properties ?? {})) {
        const isAlwaysThere = isAlways && certain.some(({ required = [] }) => required.includes(name));
        add(property, `${pointer}/${pointerToken(name)}`, isAlwaysThere, [...around, ...schemas]);
      }
    }
  };
  add(schema, "", true, []);
  return fields;
}

/** All that a schema is made of. What is one of several choices is not certain. */
function partsOf(
  resolver: Resolver,
  schema: Node,
  place: string,
  around: Node[] = [],
): { schema: Node; isCertain: boolean }[] {
  if (Object(schema) !== schema || around.includes(schema)) return [];
  const within = (part: Node) => partsOf(resolver, part, place, [...around, schema]);
  const target = schema.$ref === undefined ? [] : [resolver.resolve({ $ref: schema.$ref }, place).value];
  const choices: Node[] = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return [
    { schema, isCertain: true },
    ...[...target, ...(schema.allOf ?? [])].flatMap(within),
    ...choices.flatMap(within).map((part) => ({ ...part, isCertain: false })),
  ];
}
