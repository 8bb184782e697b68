import { type Operation, type Pagination, type Parameter, pascalCase } from "@csms/openapi/reader";
import { docComment } from "./doc-comment.ts";
import { emitParameters } from "./emit-parameters.ts";
import { emitRule } from "./emit-rule.ts";
import { emitSend } from "./emit-send.ts";
import { propertyKey } from "./names.ts";

/** A schema's name, if it means the schema in the generated file. */
type NameSchema = (name: string | undefined) => string | undefined;

interface OperationCode {
  /** What stands before the class. */
  declarations: string;
  method: string;
  /** What of runtime/parameters.ts it takes. */
  rules: Set<string>;
}

export function emitOperation(operation: Operation, nameSchema: NameSchema): OperationCode {
  const { name, operationId, parameters, body, pagination } = operation;
  const typeName = pascalCase(name);
  const source = `operations[${JSON.stringify(operationId)}]`;
  const bodyType = `NonNullable<${source}["requestBody"]>["content"]["application/json"]`;
  const has = (place: Parameter["in"]) => parameters.some((parameter) => parameter.in === place);
  const response = emitResponse(operation, source, nameSchema);
  const item =
    nameSchema(pagination?.itemSchema) ??
    `${response}${pagination?.items.map((key) => `[${JSON.stringify(key)}]`).join("")}[number]`;
  const answer = pagination ? `${response}, ${item}` : response;
  const wire = [
    has("path") && `${source}["parameters"]["path"]`,
    has("query") && `NonNullable<${source}["parameters"]["query"]>`,
    has("header") && `NonNullable<${source}["parameters"]["header"]>`,
    body && `{ body${body.required ? "" : "?"}: ${bodyType} }`,
  ].filter(Boolean);

  const { code: parametersType, isOptional } = emitParameters(operation);
  const rules = new Set<string>();
  const declarations = `${parametersType}

type ${typeName}Wire = ${wire.join(" & ") || "object"};

const ${name}Operation: ${pagination ? "PagedOperation" : "Operation"}${pagination ? `<${answer}>` : ""} = {
${emitDescription(operation, rules)}
};`;

  const call = pagination ? "paginate" : "request";
  const tags = operation.externalDocs ? [`@see ${operation.externalDocs}`] : [];
  if (operation.deprecated) tags.push("@deprecated");
  const method = `${docComment({ summary: operation.summary, description: operation.description, tags })}${name}(parameters: ${typeName}Parameters${isOptional ? " = {}" : ""}, options?: CallOptions): ${pagination ? "PagedRequest" : "ApiRequest"}<${answer}> {
    return this.#service.${call}<${typeName}Wire, ${answer}>(${name}Operation, parameters, options, ${emitSend(operation)});
  }`;
  return { declarations, method, rules };
}

/** The type of the answer's body: by its schema's name, if that means the schema in this file. */
function emitResponse({ success }: Operation, source: string, nameSchema: NameSchema): string {
  const types = success.map(({ status, body }) =>
    body
      ? (nameSchema(body.schemaName) ?? `${source}["responses"][${status}]["content"]["application/json"]`)
      : "undefined",
  );
  return [...new Set(types)].join(" | ");
}

function emitDescription(
  { operationId, isPublic, parameters, projectIdParam, body, success, pagination }: Operation,
  rules: Set<string>,
): string {
  const required = parameters.filter((each) => each.required && !each.isProjectId).map(({ name }) => name);
  if (body?.required) required.push("body");
  const checks = parameters.map((parameter) => `${propertyKey(parameter.name)}: ${emitRule(parameter, rules)},`);
  if (body) {
    rules.add("isAnything");
    checks.push("body: isAnything,");
  }
  const statuses = success.map((answer) => `${answer.status}: ${answer.body !== undefined}`).join(", ");
  return [
    `operationId: ${JSON.stringify(operationId)},`,
    `parameters: {\n${checks.join("\n")}\n},`,
    ...(required.length > 0 ? [`required: ${JSON.stringify(required)},`] : []),
    ...(projectIdParam ? [`projectIdParam: ${JSON.stringify(projectIdParam)},`] : []),
    ...(isPublic ? ["isPublic: true,"] : []),
    ...(statuses === "200: true" ? [] : [`success: { ${statuses} },`]),
    ...(pagination ? [emitPagination(pagination)] : []),
  ].join("\n");
}

function emitPagination({ items, nextCursor, itemMarker, ...pagination }: Pagination): string {
  const access = (root: string, keys: string[]) =>
    `(${root}) => ${root}${keys.map((key) => (propertyKey(key) === key ? `?.${key}` : `?.[${JSON.stringify(key)}]`)).join("")}`;
  const maxItems = pagination.maxItems === undefined ? "" : `\n    maxItems: ${pagination.maxItems},`;
  return `pagination: {
    cursorParam: ${JSON.stringify(pagination.cursorParam)},
    limitParam: ${JSON.stringify(pagination.limitParam)},
    defaultLimit: ${pagination.defaultLimit},${maxItems}
    items: ${access("page", items)},
    nextCursor: ${access("page", nextCursor)},
    itemMarker: ${access("item", itemMarker)},
  },`;
}
