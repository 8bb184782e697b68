import { fieldsOf } from "../reader/fields.ts";
import { checkPagination } from "../reader/pagination.ts";
import { ContractError, Resolver } from "../reader/resolver.ts";

/**
 * An operation that answers with a list and a marker declares its paging, and all that it declares is there: the
 * generator reads it by the same code.
 *
 * @type {import("@redocly/openapi-core").Oas3Rule}
 */
export const paging = () => ({
  PathItem: {
    Operation(operation, { location, report, resolve }, { PathItem: pathItem }) {
      const resolver = new Resolver(($ref, place) => {
        const { node } = resolve({ $ref });
        if (node === undefined) throw new ContractError(place, `$ref ${$ref} leads nowhere`);
        return node;
      });
      const id = operation?.operationId;
      try {
        for (const { path, message } of findProblems(resolver, pathItem, operation ?? {}, location.pointer)) {
          const isThere = path.reduce((/** @type {any} */ node, key) => node?.[key], operation) !== undefined;
          const [name] = path.slice(-1);
          const outer = path.slice(0, -1);
          report({
            message: name ? `${name} of "${id}" ${message}` : `"${id}" ${message}`,
            location:
              name && isThere ? location.child(path) : (outer.length > 0 ? location.child(outer) : location).key(),
          });
        }
      } catch (error) {
        if (!(error instanceof ContractError)) throw error;
        report({ message: error.message, location: location.key() });
      }
    },
  },
});

/**
 * What is wrong, each with the keys that lead from the operation to its place.
 *
 * @type {(resolver: Resolver, pathItem: Operation, operation: Operation, place: string) => import("../reader/pagination.ts").PaginationProblem[]}
 */
const findProblems = (resolver, pathItem, operation, place) => {
  if (operation["x-redocly-pagination"]) {
    const result = checkPagination(resolver, pathItem, operation, place);
    return Array.isArray(result) ? result : [];
  }
  const problems = [];
  const fields = fieldsOf(resolver, { anyOf: answersOf(operation, resolver) }, place);
  const lists = [...fields].filter(([, { schemas }]) => schemas.some(({ type }) => [type].flat().includes("array")));
  const marker = [...fields.keys()].find((pointer) => MARKER.test(pointer));
  if (marker && lists.length > 0) {
    const pointers = lists.map(([pointer]) => pointer).join(", ");
    const message = `answers with a list (${pointers}) and a marker (${marker}), but does not say how to read on. Add x-redocly-pagination with style: cursor, cursorParam, nextCursor, limitParam and items, and x-item-marker.`;
    problems.push({ path: [], message });
  }
  if (operation["x-item-marker"] !== undefined) {
    const message = "has no x-redocly-pagination to go with it. Add that, or remove x-item-marker.";
    problems.push({ path: ["x-item-marker"], message });
  }
  return problems;
};

const MARKER = /\/((next|continuation|end)[-_]?(page[-_]?)?(marker|cursor|token)|marker|cursor)$/i;

/**
 * The schemas of the JSON that a successful call answers with.
 *
 * @type {(operation: any, resolver: Resolver) => unknown[]}
 */
const answersOf = (operation, resolver) =>
  Object.entries(operation?.responses ?? {})
    .filter(([status]) => status.startsWith("2"))
    .flatMap(([, response]) => Object.entries(resolver.resolve(response, "").value?.content ?? {}))
    .flatMap(([type, { schema }]) => (schema && /json/i.test(type) ? [schema] : []));

/**
 * @typedef {import("@redocly/openapi-core").Oas3Operation & {
 *   "x-redocly-pagination"?: Record<string, unknown>,
 *   "x-item-marker"?: unknown,
 * }} Operation
 */
