/**
 * Every tag of an operation is declared in the contract's own `tags`. An operation may have none.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const tags = () => {
  /** @type {string[]} */
  let declared = [];
  return {
    Root(root) {
      declared = (root?.tags ?? []).map(({ name }) => name);
    },
    Operation(operation, { location, report }) {
      for (const [index, tag] of (operation?.tags ?? []).entries()) {
        if (declared.includes(tag)) continue;
        report({
          message: `The tag "${tag}" is not declared. Choose from: ${declared.join(", ")}; or declare it in the contract's own "tags", with a description.`,
          location: location.child(["tags", index]),
        });
      }
    },
  };
};
