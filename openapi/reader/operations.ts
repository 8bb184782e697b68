import { type Answer, type RequestBody, readAnswers, readRequestBody, readSuccess } from "./contents.ts";
import type { Contract } from "./contract.ts";
import { camelCase, pascalCase } from "./names.ts";
import { type Pagination, readPagination } from "./pagination.ts";
import { type Parameter, readParameters } from "./parameters.ts";
import { pointerToken } from "./pointers.ts";
import { ContractError, type Node } from "./resolver.ts";

/** An operation of the contract, with all that is made from it. */
export interface Operation {
  operationId: string;
  /** The method's name: the operationId, as far as a name can hold it. */
  name: string;
  /** Such as `get`. */
  method: string;
  path: string;
  tags: string[];
  summary: string | undefined;
  description: string | undefined;
  deprecated: boolean;
  externalDocs: string | undefined;
  /** `security: []`: it takes no credentials, so none are sent. */
  isPublic: boolean;
  /** Its own, and its path's. */
  parameters: Parameter[];
  /** The parameter that the client fills in by itself. */
  projectIdParam: string | undefined;
  body: RequestBody | undefined;
  /** All of them, errors too. */
  answers: Answer[];
  /** Those that a call succeeds with. */
  success: Answer[];
  pagination: Pagination | undefined;
  /** Where it stands, such as `#/paths/~1things/get`. */
  place: string;
  /** As it stands in the contract. */
  source: Node;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Members of the generated class that are not operations, and names that every object answers to. */
const RESERVED = ["constructor", "http", "then", "toJSON", "toString", "valueOf"];

/** Reads every operation out of a contract. @throws {ContractError} names all that can't become a method. */
export function readOperations(contract: Contract): Operation[] {
  const operations: Operation[] = [];
  const errors: ContractError[] = [];
  for (const [path, node] of Object.entries<Node>(contract.root.paths ?? {})) {
    if (path.startsWith("x-")) continue;
    const at = `#/paths/${pointerToken(path)}`;
    if (!path.startsWith("/")) {
      errors.push(new ContractError(at, "must begin with a slash"));
      continue;
    }
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
  const answers = readAnswers(contract, source, place);
  const success = readSuccess(answers, place);
  const pagination = readPagination(contract, pathItem, source, place);
  const body = readRequestBody(contract, source, place);
  if (body && ["get", "head"].includes(method)) {
    throw new ContractError(`${place}/requestBody`, `can't be sent with ${method.toUpperCase()}: use another method`);
  }
  if (body && parameters.some((parameter) => parameter.name === "body")) {
    throw new ContractError(place, "has a parameter named body and a request body: rename the parameter");
  }
  if (method === "head" && success.some(({ body }) => body)) {
    throw new ContractError(`${place}/responses`, "describe a body, which an answer to HEAD never has: leave it out");
  }
  return {
    operationId,
    name,
    method,
    path,
    tags: source.tags ?? [],
    summary: source.summary,
    description: source.description,
    deprecated: source.deprecated === true,
    externalDocs: source.externalDocs?.url,
    isPublic: (source.security ?? contract.root.security)?.length === 0,
    parameters,
    projectIdParam: parameters.find(({ isProjectId }) => isProjectId)?.name,
    body,
    answers,
    success,
    pagination,
    place,
    source,
  };
}
