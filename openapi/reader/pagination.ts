import { type Field, fieldsOf } from "./fields.ts";
import { pointerKeys } from "./pointers.ts";
import { ContractError, type Node, type Resolver } from "./resolver.ts";
import { isDigits, mergeSchema, typeOf } from "./schemas.ts";

export interface Pagination {
  cursorParam: string;
  limitParam: string;
  defaultLimit: number;
  /** How many items a page carries at the most, whatever the limit. */
  maxItems: number | undefined;
  items: string[];
  nextCursor: string[];
  itemMarker: string[];
  /** The name of an item's schema, when it is a named one. */
  itemSchema: string | undefined;
}

/** What is wrong with what an operation says of its paging. */
export interface PaginationProblem {
  /** Keys from the operation to the place, which may be missing. */
  path: string[];
  /** What goes on after the place's name, such as `is "size". It has to be …`. */
  message: string;
}

/** How an operation pages: as its `x-redocly-pagination` says. @throws {ContractError} It says what is not so. */
export function readPagination(
  resolver: Resolver,
  pathItem: Node,
  source: Node,
  place: string,
): Pagination | undefined {
  if (source["x-redocly-pagination"] === undefined) return undefined;
  const result = checkPagination(resolver, pathItem, source, place);
  if (!Array.isArray(result)) return result;
  throw ContractError.all(result.map(({ path, message }) => new ContractError([place, ...path].join("/"), message)));
}

/** Holds what an operation says of its paging against its parameters and its answer. */
export function checkPagination(
  resolver: Resolver,
  pathItem: Node,
  source: Node,
  place: string,
): Pagination | PaginationProblem[] {
  const declared = Object(source["x-redocly-pagination"]);
  const answer = readAnswer(resolver, source, place);
  if (answer === undefined) {
    return [{ path: ["x-redocly-pagination"], message: "needs one success status, with application/json: a page" }];
  }
  const problems: PaginationProblem[] = [];
  const check = (path: string[], value: unknown, choices: string[], meaning: string): void => {
    if (choices.some((choice) => choice === value)) return;
    const is = value === undefined ? "is missing" : `is ${JSON.stringify(value)}`;
    const choose = choices.length > 0 ? `Choose from: ${choices.join(", ")}.` : "There is none yet: add one.";
    problems.push({ path, message: `${is}. It has to be ${meaning}. ${choose}` });
  };
  const checkDeclared = (key: string, choices: string[], meaning: string) =>
    check(["x-redocly-pagination", key], declared[key], choices, meaning);

  const queries = readQueries(resolver, pathItem, source, place);
  const texts = Object.keys(queries).filter((name) => isText([queries[name]]) && !isDigits(queries[name]));
  const limits = Object.keys(queries).filter((name) => defaultLimitOf(queries[name]) > 0);
  const fields = fieldsOf(resolver, answer, place);
  checkDeclared("style", ["cursor"], "the one way of paging that the client reads");
  checkDeclared("cursorParam", texts, "a query parameter that is a string: where a page starts");
  checkDeclared(
    "limitParam",
    limits,
    "a query parameter that is an integer, or a string of an integer's format, with a default above 0: how long a page is",
  );
  const lists = pointersTo(fields, ({ schemas, isAlways }) => isAlways && isList(schemas));
  checkDeclared("items", lists, "a JSON Pointer to a list in the answer that is required and never null");
  const markers = pointersTo(fields, ({ schemas }) => isText(schemas));
  checkDeclared("nextCursor", markers, "a JSON Pointer to a string in the answer: where the next page starts");

  const list = lists.includes(declared.items) ? fields.get(declared.items) : undefined;
  if (!list) return problems;
  const items = list.schemas.flatMap((schema) => schema.items ?? []);
  const itemMarkers = pointersTo(
    fieldsOf(resolver, { allOf: items }, place),
    ({ schemas, isAlways }) => isAlways && isText(schemas),
  );
  const meaning =
    "a JSON Pointer to a string in an item that is required and never null: what stands for it as a marker";
  check(["x-item-marker"], source["x-item-marker"], itemMarkers, meaning);
  if (problems.length > 0) return problems;
  const longest = Math.min(...list.schemas.map(({ maxItems = Infinity }) => maxItems));
  return {
    cursorParam: declared.cursorParam,
    limitParam: declared.limitParam,
    defaultLimit: defaultLimitOf(queries[declared.limitParam]),
    maxItems: longest < Infinity ? longest : undefined,
    items: pointerKeys(declared.items),
    nextCursor: pointerKeys(declared.nextCursor),
    itemMarker: pointerKeys(source["x-item-marker"]),
    itemSchema: resolver.resolve(items[0], place).name,
  };
}

/** The schema of the one answer with a page. */
function readAnswer(resolver: Resolver, source: Node, place: string): Node {
  const statuses = Object.keys(source.responses ?? {}).filter((status) => status.startsWith("2"));
  const [answer, ...others] = statuses.map((status) => resolver.resolve(source.responses[status], place).value);
  return others.length > 0 ? undefined : answer?.content?.["application/json"]?.schema;
}

/** The schemas of the query parameters, with those of the path, by name. */
function readQueries(resolver: Resolver, pathItem: Node, source: Node, place: string): Record<string, Node> {
  const parameters: Node[] = [...(pathItem.parameters ?? []), ...(source.parameters ?? [])];
  const queries = parameters
    .map((parameter) => resolver.resolve(parameter, place).value)
    .filter((parameter) => parameter?.in === "query");
  return Object.fromEntries(
    queries.map(({ name, schema = {} }) => [name, mergeSchema(resolver, schema, `${place}/parameters (${name})`)]),
  );
}

function defaultLimitOf(schema: Node): number {
  const limit = typeOf(schema) === "integer" || isDigits(schema) ? Number(schema.default) : Number.NaN;
  return Number.isInteger(limit) ? limit : 0;
}

function pointersTo(fields: Map<string, Field>, is: (field: Field) => boolean): string[] {
  return [...fields].filter(([pointer, field]) => pointer !== "" && is(field)).map(([pointer]) => pointer);
}

function typesOf(schemas: Node[]): string[] {
  return schemas.flatMap(({ type }) => type ?? []);
}

function isList(schemas: Node[]): boolean {
  return typesOf(schemas).includes("array");
}

function isText(schemas: Node[]): boolean {
  const types = typesOf(schemas);
  return types.includes("string") && types.every((type) => type === "string" || type === "null");
}
