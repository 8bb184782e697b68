/**
 * `x-open-enum: true` stands beside an `enum` of strings to which the service may add: a program lets other values pass.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const openEnum = () => ({
  Schema(schema, { location, report }) {
    const { "x-open-enum": open } = /** @type {{ "x-open-enum"?: unknown }} */ (schema ?? {});
    if (open === undefined) return;
    if (open !== true) {
      report({
        message: `x-open-enum is ${JSON.stringify(open)}. It has to be true: the service may add values. Leave it out where it may not.`,
        location: location.child("x-open-enum"),
      });
    } else if (!Array.isArray(schema.enum) || ![schema.type].flat().includes("string")) {
      report({
        message: "x-open-enum stands beside no enum of strings. Give this schema type: string and enum, or remove it.",
        location: location.child("x-open-enum").key(),
      });
    }
  },
});
