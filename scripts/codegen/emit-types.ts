import { type Contract, ContractError, isOpenEnum, type Node, pascalCase } from "@csms/openapi/reader";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { docComment } from "./doc-comment.ts";

// What openapi-typescript's output, and ours, means by these names is something else.
const TAKEN = ["Schema", "Record", "Omit", "OneOf", "XOR", "Without", "WithRequired"];

// A type with one of these is more than its members; TypeScript holds an interface's members to its index signature.
const NO_INTERFACE = ["oneOf", "anyOf", "allOf", "additionalProperties", "patternProperties"];

/** openapi-typescript's output, and a named export for every schema. */
export async function emitTypes(contract: Contract): Promise<string> {
  const description = JSON.parse(JSON.stringify(contract.root), (_, value) =>
    isOpenEnum(value) ? open(value) : value,
  );
  const nodes = await openapiTS(description, {
    silent: true,
    transform: ({ format }) => (format === OTHER_TEXT ? otherText : undefined),
  });
  const schemas: Record<string, Node> = contract.root.components?.schemas ?? {};
  const taken = new Map<string, string>(TAKEN.map((name) => [name, `the generated code's own ${name}`]));
  const exports = Object.entries(schemas).map(([name, schema]) => {
    const typeName = pascalCase(name);
    const other = taken.get(typeName);
    if (other) throw new ContractError(`#/components/schemas/${name}`, `collides with ${other}: rename one`);
    taken.set(typeName, name);
    const source = `Schema<${JSON.stringify(name)}>`;
    const tags = schema.deprecated ? ["@deprecated"] : [];
    const declaration =
      schema.type === "object" && schema.properties && NO_INTERFACE.every((key) => typeof schema[key] !== "object")
        ? // An interface, so that a hover shows its name.
          `export interface ${typeName} extends ${source} {}`
        : `export type ${typeName} = ${source};`;
    return docComment({ summary: schema.title, description: schema.description, tags }) + declaration;
  });
  const alias = `type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];`;
  return [astToString(nodes), alias, ...exports, "export {};"].join("\n\n");
}

const OTHER_TEXT = "other-text";
// `string & {}`: a union with `string` itself would be a string, and an editor would name no value.
const otherText = ts.factory.createIntersectionTypeNode([
  ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
  ts.factory.createTypeLiteralNode([]),
]);

/** An open enum, as openapi-typescript can say it: one of the values, or another text. */
function open({ enum: values, type, "x-open-enum": _, ...rest }: Node): Node {
  return {
    ...rest,
    anyOf: [
      { type, enum: values },
      { type: "string", format: OTHER_TEXT },
    ],
  };
}
