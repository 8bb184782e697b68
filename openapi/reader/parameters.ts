import type { Contract } from "./contract.ts";
import { type Example, examplesOf } from "./examples.ts";
import { ContractError, type Node } from "./resolver.ts";
import { isDigits, mergeSchema } from "./schemas.ts";

export interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  description: string | undefined;
  deprecated: boolean;
  /** With what its `$ref` and `allOf` lead to. */
  schema: Node;
  /** The schema's name, when it is a named one. */
  schemaName: string | undefined;
  examples: Example[];
  /** Decimal digits, sent as text: `type: string` with an integer `format`. */
  isDigits: boolean;
  /** The project's id, which the client fills in by itself. */
  isProjectId: boolean;
}

// The one parameter that is the same for every call of a client.
const PROJECT_ID = "project_id";

// What can stand in a request as it is: openapi-fetch encodes values, not names.
const NAMES: Record<Parameter["in"], RegExp> = {
  path: /^[^{}.;*/][^{}*/]*$/,
  query: /^[^\s&=#+%]+$/,
  header: /^(?!(accept|authorization|content-type)$)[\w!#$%&'*+.^`|~-]+$/i,
};

/** The parameters of an operation, with those of its path. */
export function readParameters(
  contract: Contract,
  path: string,
  pathItem: Node,
  source: Node,
  place: string,
): Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const list of [pathItem.parameters ?? [], source.parameters ?? []]) {
    const names = new Set<string>();
    for (const node of list) {
      const parameter = readParameter(contract, node, place);
      const { name } = parameter;
      // An operation's parameter stands for its path's one of the same name and place.
      const other = parameters.get(name);
      if (names.has(name) || (other && other.in !== parameter.in)) {
        const problem = "is there twice: one argument object holds all parameters, so rename one";
        throw new ContractError(`${place}/parameters (${name})`, problem);
      }
      names.add(name);
      parameters.set(name, parameter);
    }
  }
  const inPath = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name as string);
  const declared = [...parameters.values()].filter((parameter) => parameter.in === "path").map(({ name }) => name);
  const odd = [...inPath, ...declared].find((name) => !inPath.includes(name) || !declared.includes(name));
  if (odd) throw new ContractError(place, `${odd} must be both in the path and among its path parameters`);
  return [...parameters.values()];
}

function readParameter(contract: Contract, node: Node, place: string): Parameter {
  const { value, place: at } = contract.resolve(node, `${place}/parameters`);
  const where = `${place}/parameters (${value.name})`;
  const names = NAMES[value.in as Parameter["in"]];
  if (!names) {
    throw new ContractError(where, `is in ${value.in}; only path, query and header parameters are supported`);
  }
  if (!names.test(value.name)) {
    throw new ContractError(where, `is no name for a ${value.in} parameter that a client sends: rename it`);
  }
  if (!value.schema) throw new ContractError(where, "needs a schema; content is not supported");
  const { name: schemaName } = contract.resolve(value.schema, where);
  const schema = mergeSchema(contract, value.schema, where);
  checkStyle(value, schema, where);
  if (schema.items) schema.items = mergeSchema(contract, schema.items, where);
  checkPattern(schema, where);
  return {
    name: value.name,
    in: value.in,
    required: value.required === true,
    description: value.description,
    deprecated: value.deprecated === true,
    schema,
    schemaName,
    examples: examplesOf(contract, value, at),
    isDigits: isDigits(schema),
    isProjectId: value.name === PROJECT_ID,
  };
}

/** Only what openapi-fetch sends without being told how. */
function checkStyle(parameter: Node, schema: Node, where: string): void {
  const types = [schema.type].flat();
  const kind = types.includes("object") ? "object" : types.includes("array") ? "array" : "value";
  const byKind =
    parameter.in === "query" ? { value: "form", array: "form", object: "deepObject" } : { value: "simple" };
  const supported: string | undefined = (byKind as Record<string, string>)[kind];
  if (!supported) throw new ContractError(where, `is an ${kind}, which only a query parameter can be`);
  const { style = parameter.in === "query" ? "form" : "simple", explode = true, allowReserved = false } = parameter;
  const isJoined = kind === "array" && !explode;
  if (style !== supported || isJoined) {
    const is = `has style ${style}${isJoined ? " with explode: false" : ""}`;
    const must = `must have style ${supported}${kind === "array" ? " with explode: true" : ""}`;
    throw new ContractError(where, `${is}: ${kind === "value" ? "a" : "an"} ${kind} ${must}`);
  }
  if (allowReserved) throw new ContractError(where, "has allowReserved, which is not supported: leave it out");
}

function checkPattern(schema: Node, where: string): void {
  const { pattern, minimum, maximum } = schema;
  if (pattern === undefined) return;
  let matcher: RegExp;
  try {
    matcher = new RegExp(pattern, "u");
  } catch (error) {
    throw new ContractError(where, `needs a pattern that JavaScript reads: ${(error as Error).message}`);
  }
  if (!isDigits(schema)) return;
  // JSON Schema holds a range to numbers only: of digits it tells what the pattern is for.
  for (const [key, inside, outside] of [
    ["minimum", minimum, minimum - 1],
    ["maximum", maximum, maximum + 1],
  ]) {
    if (inside === undefined || (matcher.test(inside) && !matcher.test(outside))) continue;
    const does = matcher.test(inside) ? `lets ${outside} through` : "refuses it";
    throw new ContractError(where, `has ${key} ${inside} and a pattern that ${does}: make them say the same`);
  }
}
