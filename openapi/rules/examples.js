/**
 * Every property shows an example, and so does every parameter that a request needs: the docs, the mock and the code
 * samples would have to make one up.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const examples = () => ({
  SchemaProperties(properties, { location, report, resolve }) {
    for (const [name, schema] of Object.entries(properties ?? {})) {
      if (shows(schema, resolve)) continue;
      report({
        message: `The property "${name}" shows no example. Give its schema one that the service really sends: examples: [<value>].`,
        location: location.child(name).key(),
      });
    }
  },

  Parameter(parameter, { location, report, resolve }) {
    if (!parameter?.required || "example" in parameter || "examples" in parameter) return;
    if (shows(parameter.schema, resolve)) return;
    report({
      message: `The parameter "${parameter.name}" shows no example, and a request needs it. Give it one: example: <value>.`,
      location: location.key(),
    });
  },
});

/**
 * Whether a schema has an example, or is made of parts that have some.
 *
 * @type {(schema: any, resolve: import("@redocly/openapi-core").UserContext["resolve"], around?: unknown[]) => boolean}
 */
const shows = (schema, resolve, around = []) => {
  const { node } = resolve(schema);
  // A schema inside itself has been looked at.
  if (!node || around.includes(node)) return true;
  if (["example", "examples", "enum", "const", "default"].some((key) => key in node)) return true;
  const parts = [node.allOf, node.anyOf, node.oneOf].flatMap((list) => list ?? []);
  if (node.items) parts.push(node.items);
  if (parts.length > 0) return parts.some((part) => shows(part, resolve, [...around, node]));
  return [node.type].flat().includes("object") || "properties" in node;
};
