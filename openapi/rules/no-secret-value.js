/**
 * No property, parameter or header whose name ends like one of `endings`, and no example with such a field.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const noSecretValue = ({ endings }) => {
  const ending = new RegExp(`(${endings.map(plain).join("|")})s?$`);

  /** @type {(kind: string, name: string, location: Location, report: Report) => void} */
  const check = (kind, name, location, report) => {
    if (!ending.test(plain(name))) return;
    report({
      message: `The ${kind} "${name}" could carry a secret's value, and nothing in this API may. Remove it; if it holds something else, name it after what it holds.`,
      location,
    });
  };

  /** @type {(value: unknown, location: Location, report: Report) => void} */
  const checkExample = (value, location, report) => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, field] of Object.entries(value)) {
      check("example's field", key, location.child(key).key(), report);
      checkExample(field, location.child(key), report);
    }
  };

  /** @type {(kind: string) => Visit} */
  const names =
    (kind) =>
    (map, { location, report }) => {
      for (const name of Object.keys(map ?? {})) check(kind, name, location.child(name).key(), report);
    };

  /** @type {(...fields: string[]) => Visit} */
  const examples =
    (...fields) =>
    (node, { location, report }) => {
      for (const field of fields) checkExample(node?.[field], location.child(field), report);
    };

  return {
    SchemaProperties: names("property"),
    PatternProperties: names("property"),
    HeadersMap: names("header"),
    Parameter(parameter, context) {
      check("parameter", String(parameter?.name), context.location.child("name"), context.report);
      examples("example")(parameter, context);
    },
    Header: examples("example"),
    MediaType: examples("example"),
    Example: examples("value"),
    Schema: examples("example", "examples", "default", "const", "enum"),
  };
};

/** @param {string} name */
const plain = (name) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");

/**
 * @typedef {import("@redocly/openapi-core").UserContext} Context
 * @typedef {Context["location"]} Location
 * @typedef {Context["report"]} Report
 * @typedef {(node: any, context: Context) => void} Visit
 */
