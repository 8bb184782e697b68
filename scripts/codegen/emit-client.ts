import {
  type Contract,
  type Node,
  type Operation,
  type Pagination,
  type Parameter,
  pascalCase,
  readServer,
} from "@csms/openapi/reader";
import { docComment } from "./doc-comment.ts";
import { emitRule } from "./emit-rule.ts";
import type { Layout } from "./generate-files.ts";
import { isBinding, propertyKey } from "./names.ts";

// What a schema's name can't mean in the generated file: it is imported, declared or used there.
const TAKEN =
  "ApiRequest CallOptions ClientOptions CsmsClient CsmsClientOptions HttpClient NonNullable Operation PagedOperation " +
  "PagedRequest Record Region Service";

/** `class CsmsClient`: one documented method for each operation, on openapi-fetch. */
export function emitClient(contract: Contract, operations: Operation[], imports: Layout["imports"]): string {
  const { info } = contract.root;
  const { url, regions } = readServer(contract);
  const taken = new Set(TAKEN.split(" "));
  for (const { name } of operations) taken.add(`${pascalCase(name)}Parameters`).add(`${pascalCase(name)}Wire`);
  const schemas = new Set<string>();
  const nameSchema = (name: string | undefined): string | undefined => {
    if (name === undefined || taken.has(pascalCase(name))) return undefined;
    schemas.add(pascalCase(name));
    return pascalCase(name);
  };
  const code = operations.map((operation) => emitOperation(operation, nameSchema));

  const isPaged = operations.some(({ pagination }) => pagination);
  const isPlain = operations.some(({ pagination }) => !pagination);
  const rules = [...new Set(code.flatMap((each) => [...each.rules]))].sort();
  const list = (...names: (string | false)[]) => names.filter(Boolean).join(", ");
  return `import type { ${[...schemas, "operations", "paths"].sort().join(", ")} } from "${imports.types}";
import type { HttpClient } from "${imports.runtime}/http-client.ts";
import type { ${list(isPlain && "Operation", isPaged && "PagedOperation")} } from "${imports.runtime}/operation.ts";
import type { CallOptions, ClientOptions } from "${imports.runtime}/options.ts";
${rules.length > 0 ? `import { ${rules.join(", ")} } from "${imports.runtime}/parameters.ts";` : ""}
import type { ${list(isPlain && "ApiRequest", isPaged && "PagedRequest")} } from "${imports.runtime}/request.ts";
import { Service } from "${imports.runtime}/service.ts";

/** The regions that the contract names. Others are let through. */
export type Region = ${[...regions.map((region) => JSON.stringify(region)), "(string & {})"].join(" | ")};

/** Options of {@link CsmsClient}. */
export interface CsmsClientOptions extends ClientOptions<Region> {}

${code.map((each) => each.declarations).join("\n\n")}

${docComment({ summary: info?.title, description: (info as Node)?.summary })}export class CsmsClient {
  /** The typed openapi-fetch client below the methods, with the same credentials, retries and safety. */
  readonly http: HttpClient<paths>;
  readonly #service: Service<paths>;

  /**
   * Checks the options. Nothing is sent before the first call.
   *
   * @throws {CsmsInputError} An option is not valid.
   */
  constructor(options: CsmsClientOptions) {
    this.#service = new Service(options, ${JSON.stringify(url)});
    this.http = this.#service.http;
  }

${code.map((each) => each.method).join("\n\n")}
}
`;
}

type NameSchema = (name: string | undefined) => string | undefined;

function emitOperation(operation: Operation, nameSchema: NameSchema) {
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

  const members = parameters.map((parameter) => emitParameter(parameter, source));
  if (body) {
    const type = body.required ? `: ${bodyType}` : `?: ${bodyType} | undefined`;
    members.push(`${docComment({ description: body.description })}body${type};`);
  }
  const parametersType =
    members.length > 0
      ? `export interface ${typeName}Parameters {\n${members.join("\n")}\n}`
      : `export type ${typeName}Parameters = Record<string, never>;`;
  const rules = new Set<string>();
  const declarations = `/** Parameters of {@link CsmsClient.${name}}. */
${parametersType}

type ${typeName}Wire = ${wire.join(" & ") || "object"};

const ${name}Operation: ${pagination ? "PagedOperation" : "Operation"}${pagination ? `<${answer}>` : ""} = {
${emitDescription(operation, rules)}
};`;

  const isOptional = !body?.required && !parameters.some(isRequired);
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
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
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

/** The function that hands checked parameters to openapi-fetch, each in its place. */
function emitSend({ method, path, parameters, body }: Operation): string {
  // Path and header parameters by name; what is left of the wire parameters is the query.
  const named = parameters.filter((parameter) => parameter.in !== "query");
  const own = ["init", "query", "body"];
  const fields = named.map((parameter, index) => {
    const { name, required } = parameter;
    const key = propertyKey(name);
    const local = isBinding(name) && !own.includes(name) ? name : `named${index}`;
    const code = local === name ? name : `${key}: ${local}`;
    return { in: parameter.in, code, sent: required ? code : `...(${local} !== undefined && { ${code} })` };
  });
  const pick = (place: Parameter["in"]) => {
    const sent = fields.filter((field) => field.in === place).map((field) => field.sent);
    return sent.length > 0 ? [`${place}: { ${sent.join(", ")} }`] : [];
  };
  const query = named.length < parameters.length ? ["query"] : [];
  const pattern = [...fields.map(({ code }) => code), ...(body ? ["body"] : []), ...query.map((name) => `...${name}`)];
  const params = [...pick("path"), ...pick("header"), ...query];
  const init = [
    "...init",
    ...(params.length > 0 ? [`params: { ${params.join(", ")} }`] : []),
    ...(body ? ["body"] : []),
  ];
  const wire = pattern.length === 0 ? "_" : pattern[0] === "...query" ? "query" : `{ ${pattern.join(", ")} }`;
  return `(${wire}, init) =>
      this.http.${method.toUpperCase()}(${JSON.stringify(path)}, { ${init.join(", ")} })`;
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
