import { type Operation, readParameters } from "./contract.ts";
import { checkQuery, type Diagnostic, type Schema } from "./prism.ts";
import type { ReceivedRequest } from "./received-request.ts";

// What Prism lets pass: it takes an empty parameter for none, turns text into numbers as JavaScript does, and looks only
// at the parameters that it knows.

type Parameter = NonNullable<NonNullable<Operation["request"]>["query"]>[number];

const errorSeverity = 0;
const warningSeverity = 1;

const grammars: Record<string, RegExp> = {
  integer: /^-?(0|[1-9]\d*)$/,
  number: /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i,
  boolean: /^(true|false)$/,
  null: /^$/,
  string: /^/,
};

/** Parameters that are text of another type, such as `limit=0x10`, or one value given more than once. */
export function findMistyped(operation: Operation, request: ReceivedRequest): Diagnostic[] {
  const inPath = readParameters(operation, { path: request.path });
  const { path = [], query = [] } = operation.request ?? {};
  return [
    ...path.filter(({ name, schema }) => !isOf(schema, inPath[name])).map((each) => mistyped("path", each)),
    ...query
      .filter(({ name, schema }) => !isOf(schema, request.query[name] || undefined))
      .map((each) => mistyped("query", each, request.query[each.name])),
  ];
}

function isOf(schema: Schema | undefined, value: string | string[] | undefined): boolean {
  if (value === undefined) return true;
  const types = typesOf(schema);
  const { items } = Object(schema);
  if (types.includes("array")) return typeof items !== "object" || [value].flat().every((each) => isOf(items, each));
  const known = types.map((type) => grammars[type]);
  const fits = (grammar: RegExp | undefined) => !grammar || (typeof value === "string" && grammar.test(value));
  return known.length === 0 || known.some(fits);
}

function mistyped(
  where: "path" | "query",
  { name, schema }: { name: string; schema?: Schema },
  value?: string | string[],
): Diagnostic {
  const { items } = Object(schema);
  const isRepeated = items === undefined && Array.isArray(value);
  const rule = isRepeated ? `given once, not ${value.length} times` : typesOf(items ?? schema).join(" or ");
  const message = `Request ${where} parameter ${name} must be ${rule}`;
  return { path: [where, name], severity: errorSeverity, code: "type", message };
}

function typesOf(schema: Schema | undefined): string[] {
  return schema?.type === undefined ? [] : [schema.type].flat();
}

/** Parameters that are empty, such as `limit=`, against the rules of their schema. */
export function findEmpty(
  { request: { query: specs = [] } = {} }: Operation,
  { query }: ReceivedRequest,
): Diagnostic[] {
  const empty = specs.filter(({ name, style }) => query[name] === "" && style !== "deepObject");
  return empty.flatMap((spec) => {
    const value = typesOf(spec.schema).includes("array") ? [""] : "";
    return checkQuery({ [spec.name]: value }, schemaOf(spec));
  });
}

const schemas = new WeakMap<Parameter, Schema>();

/** The same for the same parameter: Prism compiles a schema once. */
function schemaOf(parameter: Parameter): Schema {
  const schema = schemas.get(parameter) ?? { properties: { [parameter.name]: parameter.schema ?? {} } };
  schemas.set(parameter, schema);
  return schema;
}

/** Parameters that the contract does not have. The service may know them, so this only tells. */
export function findUnknown({ request, security = [] }: Operation, { query }: ReceivedRequest): Diagnostic[] {
  const specs = request?.query ?? [];
  const keys = security.flat().flatMap((scheme) => ("in" in scheme && scheme.in === "query" ? [scheme.name] : []));
  const names = [...specs.map(({ name, style }) => (style === "deepObject" ? `${name}[…]` : name)), ...keys];
  const unknown = Object.keys(query).filter(
    (name) => !names.includes(name) && !specs.some((spec) => isPart(name, spec)),
  );
  return unknown.map((name) => {
    const known = names.length > 0 ? names.join(", ") : "none";
    const message = `Request query parameter ${name} is not in the contract, which has ${known}`;
    return { path: ["query", name], severity: warningSeverity, code: "unknown", message };
  });
}

/** Whether it is a property of an object that is sent as several parameters. */
function isPart(name: string, { name: whole, style, explode, schema }: Parameter): boolean {
  if (style === "deepObject") return name.startsWith(`${whole}[`);
  return explode === true && name in Object(schema?.properties);
}

/** A marker without its limit, a rule that a schema can't say. The service may well answer, so this only tells. */
export function findLoneMarkers({ extensions }: Operation, { query }: ReceivedRequest): Diagnostic[] {
  const { cursorParam: marker, limitParam: limit } = Object(extensions?.["x-redocly-pagination"]);
  if (query[marker] === undefined || query[limit] !== undefined) return [];
  const message = `Request query parameter ${marker} must be used together with ${limit}`;
  return [{ path: ["query", marker], severity: warningSeverity, code: "together", message }];
}
