import { escapePointerFragment } from "@redocly/openapi-core";
import { type Contract, ContractError, type Node } from "./contract.ts";
import { camelCase, pascalCase } from "./names.ts";
import { type Pagination, readPagination } from "./pagination.ts";
import { exampleOf, type Parameter, readParameters } from "./parameters.ts";

/** An operation of the contract, with all that the emitters need to know of it. */
export interface Operation {
  operationId: string;
  /** The method's name: the operationId, as far as a name can hold it. */
  name: string;
  method: string;
  path: string;
  summary: string | undefined;
  description: string | undefined;
  deprecated: boolean;
  externalDocs: string | undefined;
  /** `security: []`: it takes no credentials, so none are sent. */
  isPublic: boolean;
  parameters: Parameter[];
  body: Body | undefined;
  success: Success[];
  answers: Answer[];
  pagination: Pagination | undefined;
}

export interface Body {
  required: boolean;
  description: string | undefined;
  schema: Node;
  /** A value to show; undefined when the contract gives none. */
  example: unknown;
}

export interface Success {
  status: string;
  hasBody: boolean;
  /** The body's schema, and its name when it is a named one. */
  schema: Node;
  schemaName: string | undefined;
}

/** What the contract says of one status, an error's or a success. */
export interface Answer {
  status: string;
  /** Where the body's schema is, and its name when it is a named one. Undefined without a body. */
  schema: { pointer: string; name: string | undefined } | undefined;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Members of the generated class that are not operations, and names that every object answers to. */
const RESERVED = ["constructor", "http", "then", "toJSON", "toString", "valueOf"];

/** Reads every operation out of a contract. @throws {ContractError} names all that can't become a method. */
export function readOperations(contract: Contract): Operation[] {
  const operations: Operation[] = [];
  const errors: ContractError[] = [];
  for (const [path, node] of Object.entries<Node>(contract.root.paths ?? {})) {
    if (!path.startsWith("/")) continue;
    const at = `#/paths/${escapePointerFragment(path)}`;
    const { value: pathItem } = contract.resolve(node, at);
    for (const method of METHODS.filter((name) => pathItem[name])) {
      try {
        const operation = readOperation(contract, path, method, pathItem, `${at}/${method}`);
        const other = operations.find(({ name }) => pascalCase(name) === pascalCase(operation.name));
        if (other) {
          const problem = `operationId ${operation.operationId} collides with ${other.operationId}: rename one`;
          throw new ContractError(`${at}/${method}`, problem);
        }
        operations.push(operation);
      } catch (error) {
        if (!(error instanceof ContractError)) throw error;
        errors.push(error);
      }
    }
  }
  if (errors.length > 0) throw ContractError.all(errors);
  return operations;
}

function readOperation(contract: Contract, path: string, method: string, pathItem: Node, place: string): Operation {
  const source = pathItem[method];
  const { operationId } = source;
  if (typeof operationId !== "string" || !/^[A-Za-z_$][\w$/.-]*$/.test(operationId)) {
    throw new ContractError(place, "needs an operationId that can name a method, such as listSecrets");
  }
  const name = /^[\w$]+$/.test(operationId) ? operationId : camelCase(operationId);
  if (RESERVED.includes(name)) {
    throw new ContractError(place, `operationId ${operationId} is a member of every client: rename it`);
  }
  if (method === "trace") throw new ContractError(place, "is TRACE, which fetch can't send: use another method");
  if (pathItem.servers ?? source.servers) {
    throw new ContractError(place, "has servers of its own: a client has one address, the first of #/servers");
  }
  const parameters = readParameters(contract, path, pathItem, source, place);
  const success = readSuccess(contract, source, place);
  const pagination = readPagination(contract, source, parameters, success, place);
  const body = readBody(contract, source, place);
  if (body && ["get", "head"].includes(method)) {
    throw new ContractError(`${place}/requestBody`, `can't be sent with ${method.toUpperCase()}: use another method`);
  }
  if (body && parameters.some((parameter) => parameter.name === "body")) {
    throw new ContractError(place, "has a parameter named body and a request body: rename the parameter");
  }
  if (method === "head" && success.some(({ hasBody }) => hasBody)) {
    throw new ContractError(`${place}/responses`, "describe a body, which an answer to HEAD never has: leave it out");
  }
  return {
    operationId,
    name,
    method,
    path,
    summary: source.summary,
    description: source.description,
    deprecated: source.deprecated === true,
    externalDocs: source.externalDocs?.url,
    isPublic: (source.security ?? contract.root.security)?.length === 0,
    parameters,
    body,
    success,
    answers: readAnswers(contract, source, place),
    pagination,
  };
}

function readAnswers(contract: Contract, source: Node, place: string): Answer[] {
  return Object.entries<Node>(source.responses).map(([status, response]) => {
    const at = response.$ref ?? `${place}/responses/${status}`;
    const schema = contract.resolve(response, at).value.content?.["application/json"]?.schema;
    if (!schema) return { status, schema: undefined };
    const pointer = schema.$ref ?? `${at}/content/application~1json/schema`;
    return { status, schema: { pointer, name: contract.resolve(schema, at).name } };
  });
}

function readBody(contract: Contract, source: Node, place: string): Body | undefined {
  if (!source.requestBody) return undefined;
  const where = `${place}/requestBody`;
  const { value } = contract.resolve(source.requestBody, where);
  const content = onlyJson(value.content, where);
  return {
    required: value.required === true,
    description: value.description,
    schema: content.schema,
    example: exampleOf(content),
  };
}

function readSuccess(contract: Contract, source: Node, place: string): Success[] {
  const success: Success[] = [];
  for (const [status, node] of Object.entries<Node>(source.responses ?? {})) {
    const where = `${place}/responses/${status}`;
    if (!status.startsWith("2")) continue;
    if (!/^20[0-467]$/.test(status)) {
      throw new ContractError(where, "name each success status: one of 200, 201, 202, 203, 204, 206, 207");
    }
    const { value } = contract.resolve(node, where);
    const hasBody = Object.keys(value.content ?? {}).length > 0;
    if (!hasBody) {
      success.push({ status, hasBody, schema: undefined, schemaName: undefined });
      continue;
    }
    const { value: schema, name: schemaName } = contract.resolve(onlyJson(value.content, where).schema, where);
    const odd = [schema?.type].flat().find((type) => !["object", "array", undefined].includes(type));
    if (!schema || odd) {
      throw new ContractError(where, `must be an object or an array, ${odd ? `may be ${odd}` : "has no schema"}`);
    }
    success.push({ status, hasBody, schema, schemaName });
  }
  if (success.length === 0) throw new ContractError(`${place}/responses`, "needs a success status, such as 200");
  return success;
}

function onlyJson(content: Node, where: string): Node {
  const types = Object.keys(content ?? {});
  if (types.length === 1 && types[0] === "application/json") return content["application/json"];
  throw new ContractError(where, `needs application/json and no other content, has ${types.join(", ") || "none"}`);
}
