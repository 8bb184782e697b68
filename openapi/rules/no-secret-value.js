const EXCUSE = "x-no-secret";

/**
 * No property, parameter or header whose name ends like one of `endings`, and no example with such a field; unless
 * x-no-secret says there why it holds no secret.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const noSecretValue = ({ endings }) => {
  const ending = new RegExp(`(${endings.map(plain).join("|")})s?$`);
  const needed = new Set();
  /** @type {Map<string, { reason: unknown, location: Location }>} */
  const excuses = new Map();

  /** @type {(kind: string, name: string, holders: any[], location: Location, report: Report) => void} */
  const check = (kind, name, holders, location, report) => {
    if (!ending.test(plain(name)) || holders.some((holder) => holder?.[EXCUSE] !== undefined)) return;
    report({
      message: `The ${kind} "${name}" could carry a secret's value, and nothing in this API may. Remove it; if it holds something else, name it after what it holds, or say beside it why it is no secret: ${EXCUSE}: <reason>.`,
      location,
    });
  };

  /** @type {(name: string, location: Location) => void} */
  const allow = (name, location) => {
    if (ending.test(plain(name))) needed.add(location.child(EXCUSE).absolutePointer);
  };

  /** @type {Visit} */
  const collect = (node, { location: place }) => {
    const location = place.child(EXCUSE);
    if (node?.[EXCUSE] !== undefined) excuses.set(location.absolutePointer, { reason: node[EXCUSE], location });
  };

  /** @type {(value: unknown, schemas: unknown[], context: Context, location?: Location) => void} */
  const checkExample = (value, schemas, context, location = context.location) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, field] of Object.entries(value)) {
      const inner = schemas.flatMap((schema) =>
        inside(schema, Array.isArray(value) ? undefined : key, context.resolve),
      );
      check("example's field", key, inner, location.child(key).key(), context.report);
      checkExample(field, inner, context, location.child(key));
    }
  };

  /** @type {(kind: string) => Visit} */
  const names =
    (kind) =>
    (map, { location, report }) => {
      for (const [name, node] of Object.entries(map ?? {})) {
        check(kind, name, [node], location.child(name).key(), report);
        allow(name, location.child(name));
      }
    };

  /** Their examples, in one place or several. */
  const examples = {
    /** @type {Visit} */
    enter: (node, context) => checkExample(node?.example, [node?.schema], context, context.location.child("example")),
    /** @type {(example: any, context: Context, holders: Record<string, any>) => void} */
    Example: (example, context, holders) =>
      checkExample(
        example?.value,
        Object.values(holders).map((holder) => holder?.schema),
        context,
        context.location.child("value"),
      ),
  };

  return {
    SchemaProperties: names("property"),
    PatternProperties: names("property"),
    HeadersMap: names("header"),
    Parameter: {
      ...examples,
      enter(parameter, context) {
        const name = String(parameter?.name);
        check("parameter", name, [parameter], context.location.child("name"), context.report);
        allow(name, context.location);
        examples.enter(parameter, context);
      },
    },
    Header: examples,
    MediaType: examples,
    /** @type {Visit} */
    Schema: (schema, context) => {
      for (const field of ["example", "default", "const"]) {
        checkExample(schema?.[field], [schema], context, context.location.child(field));
      }
      for (const field of ["examples", "enum"]) {
        checkExample(schema?.[field], [{ items: schema }], context, context.location.child(field));
      }
    },
    any: collect,
    ref: collect,
    Root: {
      leave(_, { report }) {
        for (const [pointer, { reason, location }] of excuses) {
          if (!needed.has(pointer)) {
            report({
              message: `${EXCUSE} excuses nothing here. Remove it, or put it beside the property, parameter or header that is named like a secret's value.`,
              location: location.key(),
            });
          } else if (typeof reason !== "string" || !reason.trim()) {
            report({ message: `${EXCUSE} gives no reason. Say what this holds instead of a secret.`, location });
          }
        }
      },
    },
  };
};

/** @param {string} name */
const plain = (name) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/**
 * The schemas of what a value holds by this key; of a list's items without one.
 *
 * @type {(schema: any, key: string | undefined, resolve: Context["resolve"], around?: unknown[]) => any[]}
 */
const inside = (schema, key, resolve, around = []) => {
  const { node } = resolve(schema);
  if (!node || around.includes(node)) return [];
  const parts = [node.allOf, node.anyOf, node.oneOf].flatMap((list) => list ?? []);
  const inParts = parts.flatMap((part) => inside(part, key, resolve, [...around, node]));
  if (key === undefined) return [node.items, ...inParts];
  const patterns = Object.entries(node.patternProperties ?? {}).filter(([pattern]) =>
    new RegExp(pattern, "u").test(key),
  );
  return [node.properties?.[key], ...patterns.map(([, each]) => each), node.additionalProperties, ...inParts];
};

/**
 * @typedef {import("@redocly/openapi-core").UserContext} Context
 * @typedef {Context["location"]} Location
 * @typedef {Context["report"]} Report
 * @typedef {(node: any, context: Context) => void} Visit
 */
