import type { Contract, Node } from "./contract.ts";
import { docComment } from "./doc-comment.ts";
import { pascalCase, propertyKey } from "./names.ts";
import type { Operation, Parameter } from "./operations.ts";

const RULES = ["all", "isAnything", "isBoolean", "isInteger", "isNumber", "isOneOf", "isText", "matches"];

/** `class CsmsClient`: one documented method for each operation, on openapi-fetch. */
export function emitClient(contract: Contract, operations: Operation[]): string {
  const { info, servers = [] } = contract.root;
  const regions: string[] = (servers[0] as Node)?.variables?.region?.enum ?? [];
  const code = operations.map(emitOperation);
  const typeNames = new Set(["operations", "paths", ...code.flatMap((each) => each.typeNames)]);
  const ruleNames = RULES.filter((name) =>
    code.some(({ declarations }) => new RegExp(`\\b${name}\\b`).test(declarations)),
  );
  return `import type { ${[...typeNames].sort().join(", ")} } from "@csms/types";
import type { Client } from "openapi-fetch";
import type { CallOptions, ClientOptions } from "../runtime/options.ts";
import { ${ruleNames.join(", ")} } from "../runtime/parameters.ts";
import type { ApiRequest, PagedRequest } from "../runtime/request.ts";
import { type Operation, type PagedOperation, Service } from "../runtime/service.ts";

/** The regions that the contract names. Others are let through. */
export type Region = ${[...regions.map((region) => JSON.stringify(region)), "(string & {})"].join(" | ")};

/** Options of {@link CsmsClient}. */
export interface CsmsClientOptions extends ClientOptions<Region> {}

${code.map((each) => each.declarations).join("\n\n")}

${docComment({ summary: info?.title, description: (info as Node)?.summary })}export class CsmsClient {
  /** The typed openapi-fetch client below the methods, with the same credentials, retries and safety. */
  readonly http: Client<paths>;
  readonly #service: Service<paths>;

  /** @throws {CsmsInputError} An option is not valid. */
  constructor(options: CsmsClientOptions) {
    this.#service = new Service(options, ${JSON.stringify(servers[0]?.url)});
    this.http = this.#service.http;
  }

${code.map((each) => each.method).join("\n\n")}
}
`;
}

function emitOperation(operation: Operation) {
  const { operationId, parameters, body, pagination } = operation;
  const typeName = pascalCase(operationId);
  const isOptional = !body?.required && parameters.every((parameter) => !isRequired(parameter));
  const has = (place: Parameter["in"]) => parameters.some((parameter) => parameter.in === place);
  const source = `operations[${JSON.stringify(operationId)}]`;
  const response = operation.responseSchema
    ? pascalCase(operation.responseSchema)
    : operation.success
        .map(({ status, hasBody }) =>
          hasBody ? `${source}["responses"][${status}]["content"]["application/json"]` : "undefined",
        )
        .join(" | ");
  const item =
    pagination?.itemSchema !== undefined
      ? pascalCase(pagination.itemSchema)
      : `${response}${pagination?.items.map((key) => `[${JSON.stringify(key)}]`).join("")}[number]`;
  const success = operation.success.map(({ status, hasBody }) => `${status}: ${hasBody}`).join(", ");
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  if (body?.required) required.push("body");
  const wire = [
    has("path") && `${source}["parameters"]["path"]`,
    has("query") && `NonNullable<${source}["parameters"]["query"]>`,
    has("header") && `NonNullable<${source}["parameters"]["header"]>`,
    body && `{ body${body.required ? "" : "?"}: ${bodyType(source)} }`,
  ].filter(Boolean);

  const declarations = `/** Parameters of {@link CsmsClient.${operationId}}. */
export interface ${typeName}Parameters {
${parameters.map((parameter) => emitParameter(parameter, source)).join("\n")}
${body ? `${docComment({ description: body.description })}body${body.required ? "" : "?"}: ${bodyType(source)};` : ""}
}

type ${typeName}Wire = ${wire.join(" & ") || "object"};

const ${operationId}: ${pagination ? `PagedOperation<${response}, ${item}>` : "Operation"} = {
  operationId: ${JSON.stringify(operationId)},
  parameters: {
${parameters.map((parameter) => `${propertyKey(parameter.name)}: ${emitRule(parameter)},`).join("\n")}
${body ? "body: isAnything," : ""}
  },
${required.length > 0 ? `required: ${JSON.stringify(required)},` : ""}
${success === "200: true" ? "" : `success: { ${success} },`}
${pagination ? emitPagination(pagination) : ""}
};`;

  // Path and header parameters by name; what is left of the wire parameters is the query.
  const named = parameters.filter((parameter) => parameter.in !== "query").map(({ name }) => name);
  const local = new Map(named.map((name, index) => [name, propertyKey(name) === name ? name : `named${index}`]));
  const pick = (place: Parameter["in"]) =>
    parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name }) => (local.get(name) === name ? name : `${propertyKey(name)}: ${local.get(name)}`))
      .join(", ");
  const pattern = [
    ...named.map((name) => (local.get(name) === name ? name : `${propertyKey(name)}: ${local.get(name)}`)),
    ...(body ? ["body"] : []),
    ...(has("query") ? ["...query"] : []),
  ];
  const params = [
    has("path") && `path: { ${pick("path")} }`,
    has("header") && `header: { ${pick("header")} }`,
    has("query") && "query",
  ].filter(Boolean);
  const init = ["...init", params.length > 0 && `params: { ${params.join(", ")} }`, body && "body"].filter(Boolean);
  const type = pagination ? `PagedRequest<${response}, ${item}>` : `ApiRequest<${response}>`;
  const call = pagination ? "paginate" : "request";

  const method = `${docComment({
    summary: operation.summary,
    description: operation.description,
    tags: [
      ...(operation.externalDocs ? [`@see ${operation.externalDocs}`] : []),
      ...(operation.deprecated ? ["@deprecated"] : []),
    ],
  })}${operationId}(parameters: ${typeName}Parameters${isOptional ? " = {}" : ""}, options?: CallOptions): ${type} {
    return this.#service.${call}<${typeName}Wire, ${pagination ? `${response}, ${item}` : response}>(${operationId}, parameters, options, (${pattern.length > 0 ? `{ ${pattern.join(", ")} }` : "_"}, init) =>
      this.http.${operation.method.toUpperCase()}(${JSON.stringify(operation.path)}, { ${init.join(", ")} }),
    );
  }`;

  const typeNames = [operation.responseSchema, pagination?.itemSchema].flatMap((name) =>
    name ? pascalCase(name) : [],
  );
  return { declarations, method, typeNames };
}

function bodyType(source: string): string {
  return `NonNullable<${source}["requestBody"]>["content"]["application/json"]`;
}

/** The client knows its project; everything else that is required is the caller's. */
function isRequired({ name, required }: Parameter): boolean {
  return required && name !== "project_id";
}

function emitParameter(parameter: Parameter, source: string): string {
  const { name, in: place, schema, isDigits, deprecated } = parameter;
  const simpleTypes: Record<string, string> = {
    string: "string",
    boolean: "boolean",
    integer: "number",
    number: "number",
  };
  const type = isDigits
    ? "number | string"
    : ((schema.enum ? undefined : simpleTypes[schema.type]) ??
      `NonNullable<${source}["parameters"][${JSON.stringify(place)}]>[${JSON.stringify(name)}]`);
  const tags = [
    ...(schema.default === undefined ? [] : [`@defaultValue ${schema.default}`]),
    ...(name === "project_id" ? ["@defaultValue the client's `projectId`"] : []),
    ...(deprecated ? ["@deprecated"] : []),
  ];
  return `${docComment({ description: parameter.description, tags })}${propertyKey(name)}${isRequired(parameter) ? "" : "?"}: ${type}${isRequired(parameter) ? "" : " | undefined"};`;
}

/** What the contract says of a value, by the rules of runtime/parameters.ts. */
function emitRule({ schema, isDigits }: Parameter): string {
  const { type, pattern, enum: values, minimum, maximum, minLength, maxLength } = schema;
  const range = (from = -Infinity, to = Infinity) => `(${from}, ${to})`;
  const rules: string[] = [];
  if (values) rules.push(`isOneOf(${values.map((value: unknown) => JSON.stringify(value)).join(", ")})`);
  else if (type === "integer") rules.push(`isInteger${range(minimum, maximum)}`);
  else if (type === "number") rules.push(`isNumber${range(minimum, maximum)}`);
  else if (type === "boolean") rules.push("isBoolean");
  // A pattern says already that it is text; decimal digits may come as a number.
  else if (type === "string" && !isDigits && (!pattern || (minLength ?? maxLength))) {
    rules.push(`isText${range(minLength ?? 0, maxLength)}`);
  }
  if (pattern !== undefined) rules.push(`matches(${new RegExp(pattern, "u")})`);
  return rules.length > 1 ? `all(${rules.join(", ")})` : (rules[0] ?? "isAnything");
}

function emitPagination({
  items,
  nextCursor,
  itemMarker,
  ...pagination
}: NonNullable<Operation["pagination"]>): string {
  const access = (root: string, keys: string[]) =>
    `(${root}) => ${root}${keys.map((key) => (propertyKey(key) === key ? `?.${key}` : `?.[${JSON.stringify(key)}]`)).join("")}`;
  return `pagination: {
    cursorParam: ${JSON.stringify(pagination.cursorParam)},
    limitParam: ${JSON.stringify(pagination.limitParam)},
    defaultLimit: ${pagination.defaultLimit},
    pageSizes: ${JSON.stringify(pagination.pageSizes)},
    items: ${access("page", items)},
    nextCursor: ${access("page", nextCursor)},
    itemMarker: ${access("item", itemMarker)},
  },`;
}
