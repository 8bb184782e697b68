import { type Operation, type Parameter, pascalCase } from "@csms/openapi/reader";
import { docComment } from "./doc-comment.ts";
import { propertyKey } from "./names.ts";

/** The type of a method's argument, and whether it can be left out. */
export function emitParameters({ name, operationId, parameters, body }: Operation): {
  code: string;
  isOptional: boolean;
} {
  const source = `operations[${JSON.stringify(operationId)}]`;
  const members = parameters.map((parameter) => emitParameter(parameter, source));
  if (body) {
    const type = `NonNullable<${source}["requestBody"]>["content"]["application/json"]`;
    const member = body.required ? `body: ${type};` : `body?: ${type} | undefined;`;
    members.push(docComment({ description: body.description }) + member);
  }
  const typeName = `${pascalCase(name)}Parameters`;
  const type =
    members.length > 0
      ? `export interface ${typeName} {\n${members.join("\n")}\n}`
      : `export type ${typeName} = Record<string, never>;`;
  return {
    code: `/** Parameters of {@link CsmsClient.${name}}. */\n${type}`,
    isOptional: !body?.required && !parameters.some(isRequired),
  };
}

/** The client knows its project; everything else that is required is the caller's. */
function isRequired({ required, isProjectId }: Parameter): boolean {
  return required && !isProjectId;
}

const SIMPLE_TYPES: Record<string, string> = {
  string: "string",
  boolean: "boolean",
  integer: "number",
  number: "number",
};

function emitParameter(parameter: Parameter, source: string): string {
  const { name, in: place, schema, isDigits, deprecated } = parameter;
  const isSimple = schema.enum === undefined && schema.const === undefined;
  const type = isDigits
    ? "number | string"
    : (isSimple && SIMPLE_TYPES[schema.type]) ||
      `NonNullable<${source}["parameters"][${JSON.stringify(place)}]>[${JSON.stringify(name)}]`;
  const byDefault = typeof schema.default === "string" ? schema.default : JSON.stringify(schema.default);
  const tags = [
    ...(byDefault === undefined ? [] : [`@defaultValue ${byDefault}`]),
    ...(parameter.isProjectId ? ["@defaultValue the client's `projectId`"] : []),
    ...(deprecated ? ["@deprecated"] : []),
  ];
  const end = isRequired(parameter) ? `: ${type};` : `?: ${type} | undefined;`;
  return `${docComment({ description: parameter.description, tags })}${propertyKey(name)}${end}`;
}
