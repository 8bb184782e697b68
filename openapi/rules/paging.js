/**
 * An operation that answers with a list and a marker declares its paging, and all that it declares is there.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const paging = () => ({
  PathItem: {
    Operation(operation, { location, report, resolve }, { PathItem: pathItem }) {
      const {
        operationId: id,
        "x-redocly-pagination": declared,
        "x-item-marker": itemMarker,
      } = /** @type {Operation} */ (operation ?? {});
      const fields = fieldsOf(answerOf(operation, resolve), resolve);
      const lists = pointersTo(isList, fields);

      if (!declared) {
        const marker = [...fields.keys()].find((pointer) => MARKER.test(pointer));
        if (marker && lists.length > 0) {
          report({
            message: `"${id}" answers with a list (${lists.join(", ")}) and a marker (${marker}), but does not say how to read on. Add x-redocly-pagination with style: cursor, cursorParam, nextCursor, limitParam and items.`,
            location: location.key(),
          });
        }
        if (itemMarker !== undefined) {
          report({
            message: `"${id}" has x-item-marker, but no x-redocly-pagination to go with it. Add that, or remove x-item-marker.`,
            location: location.child("x-item-marker").key(),
          });
        }
        return;
      }

      const queries = [pathItem.parameters, operation.parameters]
        .flatMap((parameters) => parameters ?? [])
        .map((parameter) => resolve(parameter).node)
        .filter((parameter) => parameter?.in === "query")
        .map((parameter) => parameter.name);
      const items = (fields.get(String(declared.items)) ?? []).flatMap((list) => list.items ?? []);
      const itemFields = fieldsOf({ anyOf: items }, resolve);

      /** @type {(path: string[], value: unknown, choices: string[], meaning: string) => void} */
      const check = (path, value, choices, meaning) => {
        if (choices.some((choice) => choice === value)) return;
        const is = value === undefined ? "is missing" : `is ${JSON.stringify(value)}`;
        const choose = choices.length > 0 ? `Choose from: ${choices.join(", ")}.` : "There is none yet: add one.";
        report({
          message: `${path.at(-1)} of "${id}" ${is}. It has to be ${meaning}. ${choose}`,
          location: value === undefined ? location.child(path.slice(0, -1)).key() : location.child(path),
        });
      };
      /** @type {(key: string, choices: string[], meaning: string) => void} */
      const checkDeclared = (key, choices, meaning) =>
        check(["x-redocly-pagination", key], declared[key], choices, meaning);

      checkDeclared("style", ["cursor"], "the one way of paging that the client reads");
      checkDeclared("cursorParam", queries, "a query parameter of this operation");
      checkDeclared("limitParam", queries, "a query parameter of this operation");
      checkDeclared("items", lists, "a JSON Pointer to a list in the answer");
      checkDeclared("nextCursor", pointersTo(isText, fields), "a JSON Pointer to a string in the answer");
      if (itemMarker !== undefined && items.length > 0) {
        check(["x-item-marker"], itemMarker, pointersTo(isText, itemFields), "a JSON Pointer to a string in an item");
      }
    },
  },
});

const MARKER = /\/((next|continuation|end)[-_]?(page[-_]?)?(marker|cursor|token)|marker|cursor)$/i;

/**
 * The schema of the JSON that a successful call answers with.
 *
 * @type {(operation: any, resolve: Resolve) => unknown}
 */
const answerOf = (operation, resolve) =>
  Object.entries(operation?.responses ?? {})
    .filter(([status]) => status.startsWith("2"))
    .flatMap(([, response]) => Object.entries(resolve(response).node?.content ?? {}))
    .find(([type]) => /json/i.test(type))?.[1]?.schema;

/**
 * The fields of a JSON value by their JSON Pointers, each with every schema that describes it. Lists are not entered.
 *
 * @type {(schema: any, resolve: Resolve, pointer?: string, fields?: Fields, around?: unknown[]) => Fields}
 */
const fieldsOf = (schema, resolve, pointer = "", fields = new Map(), around = []) => {
  const { node } = resolve(schema);
  if (!node || around.includes(node)) return fields;

  const inner = [...around, node];
  fields.set(pointer, [...(fields.get(pointer) ?? []), node]);
  for (const part of [node.allOf, node.anyOf, node.oneOf].flatMap((parts) => parts ?? [])) {
    fieldsOf(part, resolve, pointer, fields, inner);
  }
  for (const [name, property] of Object.entries(node.properties ?? {})) {
    const token = name.replaceAll("~", "~0").replaceAll("/", "~1");
    fieldsOf(property, resolve, `${pointer}/${token}`, fields, inner);
  }
  return fields;
};

/** @type {(is: (types: string[]) => boolean, fields: Fields) => string[]} */
const pointersTo = (is, fields) =>
  [...fields].filter(([, schemas]) => is(schemas.flatMap(({ type }) => type ?? []))).map(([pointer]) => pointer);

const isList = (/** @type {string[]} */ types) => types.includes("array");
const isText = (/** @type {string[]} */ types) =>
  types.includes("string") && types.every((type) => type === "string" || type === "null");

/**
 * @typedef {import("@redocly/openapi-core").Oas3Operation & {
 *   "x-redocly-pagination"?: Record<string, unknown>,
 *   "x-item-marker"?: unknown,
 * }} Operation
 * @typedef {import("@redocly/openapi-core").UserContext["resolve"]} Resolve
 * @typedef {Map<string, any[]>} Fields
 */
