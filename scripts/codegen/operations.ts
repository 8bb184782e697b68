import { type Contract, ContractError, type Node, pointerKeys } from "./contract.ts";
import { pascalCase } from "./names.ts";

/** An operation of the contract, with all that the emitters need to know of it. */
export interface Operation {
  operationId: string;
  method: string;
  path: string;
  summary: string | undefined;
  description: string | undefined;
  deprecated: boolean;
  externalDocs: string | undefined;
  parameters: Parameter[];
  body: Body | undefined;
  success: { status: string; hasBody: boolean }[];
  /** The schema of the answer, when it is one named schema. */
  responseSchema: string | undefined;
  pagination: Pagination | undefined;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description: string | undefined;
  deprecated: boolean;
  schema: Node;
  /** Decimal digits, sent as text: `type: string` with an integer `format`. */
  isDigits: boolean;
}

export interface Body {
  required: boolean;
  description: string | undefined;
}

export interface Pagination {
  cursorParam: string;
  limitParam: string;
  defaultLimit: number;
  pageSizes: number[];
  items: string[];
  nextCursor: string[];
  itemMarker: string[];
  itemSchema: string | undefined;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Members of the generated class that are not operations, and names that a class can't have. */
const RESERVED = ["constructor", "http", "then"];

/** Reads every operation out of a contract. @throws {ContractError} for one that can't become a method. */
export function readOperations(contract: Contract): Operation[] {
  const operations: Operation[] = [];
  for (const [path, pathItem] of Object.entries<Node>(contract.root.paths ?? {})) {
    for (const method of METHODS.filter((name) => pathItem[name])) {
      const place = `#/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}`;
      const operation = readOperation(contract, path, method, pathItem, place);
      const typeName = pascalCase(operation.operationId);
      const other = operations.find(({ operationId }) => pascalCase(operationId) === typeName);
      if (other) {
        throw new ContractError(
          place,
          `operationId ${operation.operationId} collides with ${other.operationId}: rename one`,
        );
      }
      operations.push(operation);
    }
  }
  return operations;
}

function readOperation(contract: Contract, path: string, method: string, pathItem: Node, place: string): Operation {
  const source = pathItem[method];
  const { operationId } = source;
  if (typeof operationId !== "string" || !/^[A-Za-z_$][\w$]*$/.test(operationId)) {
    throw new ContractError(place, "needs an operationId that can name a method, such as listSecrets");
  }
  if (RESERVED.includes(operationId)) {
    throw new ContractError(place, `operationId ${operationId} is a member of every client: rename it`);
  }
  const parameters = readParameters(contract, path, pathItem, source, place);
  const { success, responseSchema, answer } = readSuccess(contract, source, place);
  const pagination = readPagination(contract, source, parameters, answer, place);
  const body = readBody(contract, source, place);
  if (body && parameters.some(({ name }) => name === "body")) {
    throw new ContractError(place, "has a parameter named body and a request body: rename the parameter");
  }
  return {
    operationId,
    method,
    path,
    summary: source.summary,
    description: source.description,
    deprecated: source.deprecated === true,
    externalDocs: source.externalDocs?.url,
    parameters,
    body,
    success,
    responseSchema,
    pagination,
  };
}

function readParameters(contract: Contract, path: string, pathItem: Node, source: Node, place: string): Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const list of [pathItem.parameters ?? [], source.parameters ?? []]) {
    const names = new Set<string>();
    for (const node of list) {
      const { value } = contract.resolve(node, `${place}/parameters`);
      const { name } = value;
      const where = `${place}/parameters (${name})`;
      if (!["path", "query", "header"].includes(value.in)) {
        throw new ContractError(where, `is in ${value.in}; only path, query and header parameters are supported`);
      }
      if (!value.schema) throw new ContractError(where, "needs a schema; content is not supported");
      if (names.has(name)) throw new ContractError(where, "is there twice: one argument object holds all parameters");
      names.add(name);
      const { value: schema } = contract.resolve(value.schema, where);
      parameters.set(name, {
        name,
        in: value.in,
        required: value.required === true,
        description: value.description,
        deprecated: value.deprecated === true,
        schema,
        isDigits: schema.type === "string" && /^u?int\d+$/.test(schema.format ?? ""),
      });
    }
  }
  const inPath = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name as string);
  const declared = [...parameters.values()].filter((parameter) => parameter.in === "path").map(({ name }) => name);
  const odd = [...inPath, ...declared].find((name) => !inPath.includes(name) || !declared.includes(name));
  if (odd) throw new ContractError(place, `${odd} must be both in the path and among its path parameters`);
  return [...parameters.values()];
}

function readBody(contract: Contract, source: Node, place: string): Body | undefined {
  if (!source.requestBody) return undefined;
  const { value } = contract.resolve(source.requestBody, `${place}/requestBody`);
  if (!value.content?.["application/json"]) {
    throw new ContractError(`${place}/requestBody`, "needs application/json; no other content is supported");
  }
  return { required: value.required === true, description: value.description };
}

function readSuccess(contract: Contract, source: Node, place: string) {
  const success: Operation["success"] = [];
  const schemas: { value: Node; name: string | undefined }[] = [];
  for (const [status, node] of Object.entries<Node>(source.responses ?? {})) {
    if (!/^2\d\d$/.test(status)) {
      if (/^2XX$/i.test(status)) throw new ContractError(`${place}/responses/${status}`, "name each success status");
      continue;
    }
    const where = `${place}/responses/${status}`;
    const { value } = contract.resolve(node, where);
    const schema = value.content?.["application/json"]?.schema;
    if (value.content && !schema) throw new ContractError(where, "needs application/json with a schema, or no content");
    success.push({ status, hasBody: schema !== undefined });
    schemas.push(schema ? contract.resolve(schema, where) : { value: undefined, name: undefined });
  }
  if (success.length === 0) throw new ContractError(`${place}/responses`, "needs a success status");
  const [only, ...others] = schemas;
  return {
    success,
    responseSchema: others.length === 0 ? only?.name : undefined,
    answer: others.length === 0 ? only?.value : undefined,
  };
}

function readPagination(
  contract: Contract,
  source: Node,
  parameters: Parameter[],
  answer: Node,
  place: string,
): Pagination | undefined {
  const declared = source["x-redocly-pagination"];
  if (declared === undefined) return undefined;
  const where = `${place}/x-redocly-pagination`;
  if (declared.style !== "cursor") {
    throw new ContractError(`${where}/style`, `must be cursor, is ${JSON.stringify(declared.style)}`);
  }
  if (!answer) throw new ContractError(where, "needs one success status, with a body");

  const query = (key: string): Parameter => {
    const parameter = parameters.find((each) => each.in === "query" && each.name === declared[key]);
    if (parameter) return parameter;
    throw new ContractError(`${where}/${key}`, `must name a query parameter, is ${JSON.stringify(declared[key])}`);
  };
  const property = (schema: Node, pointer: Node, type: string, at: string) => {
    const keys = pointerKeys(pointer, at);
    const found = keys.reduce(
      (parent, key) => {
        const next = parent.value.properties?.[key];
        if (next === undefined) throw new ContractError(at, `${pointer} leads nowhere: there is no property ${key}`);
        return contract.resolve(next, at);
      },
      contract.resolve(schema, at),
    );
    if (![found.value.type].flat().includes(type)) throw new ContractError(at, `${pointer} must lead to type ${type}`);
    return { keys, schema: found.value };
  };

  const cursorParam = query("cursorParam").name;
  const limit = query("limitParam");
  const defaultLimit = Number(limit.schema.default);
  if (!(Number.isInteger(defaultLimit) && defaultLimit > 0)) {
    throw new ContractError(
      `${where}/limitParam`,
      `${limit.name} needs a default: a marker is never sent without a limit`,
    );
  }
  const nextCursor = property(answer, declared.nextCursor, "string", `${where}/nextCursor`);
  const items = property(answer, declared.items, "array", `${where}/items`);
  const item = contract.resolve(items.schema.items, `${where}/items`);
  const itemMarker = property(item.value, source["x-item-marker"], "string", `${place}/x-item-marker`);
  return {
    cursorParam,
    limitParam: limit.name,
    defaultLimit,
    pageSizes: [...new Set([defaultLimit, items.schema.maxItems ?? defaultLimit])],
    items: items.keys,
    nextCursor: nextCursor.keys,
    itemMarker: itemMarker.keys,
    itemSchema: item.name,
  };
}
