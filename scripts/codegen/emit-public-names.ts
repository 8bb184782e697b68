import {
  type Contract,
  ContractError,
  type Operation,
  pascalCase,
  pointerToken,
  readServers,
} from "@csms/openapi/reader";
import ts from "typescript";
import type { Layout } from "./layout.ts";

/**
 * The names that the contract brings, for the client's index to pass on.
 *
 * @param index The index itself, with the names that people wrote.
 * @throws {ContractError} Two names collide.
 */
export function emitPublicNames(contract: Contract, operations: Operation[], index: string, layout: Layout): string {
  const taken = new Map(exportedNames(index).map((name) => [name, `${name} of ${layout.index}`]));
  const take = (name: string, place: string, what: string): string => {
    const other = taken.get(name);
    if (other) throw new ContractError(place, `collides with ${other}: rename one`);
    taken.set(name, what);
    return name;
  };
  const own = ["CsmsClientOptions", ...(readServers(contract)[0].region ? ["Region"] : [])];
  for (const name of ["CsmsClient", ...own]) taken.set(name, `the client's own ${name}`);
  const parameters = operations.map(({ name, operationId, place }) =>
    take(`${pascalCase(name)}Parameters`, place, `the parameters of ${operationId}`),
  );
  const schemas = Object.keys(contract.root.components?.schemas ?? {}).map((name) =>
    take(pascalCase(name), `#/components/schemas/${pointerToken(name)}`, `the schema ${name}`),
  );
  const types = [...own, ...parameters].sort().map((name) => `type ${name}`);
  return `export { CsmsClient, ${types.join(", ")} } from "${layout.imports.client}";
${schemas.length > 0 ? `export type { ${schemas.sort().join(", ")} } from "${layout.imports.types}";` : ""}
`;
}

/** The names that a module's text exports in lists, such as `export { a, type B } from "./c.ts"`. */
function exportedNames(text: string): string[] {
  const { statements } = ts.createSourceFile("index.ts", text, ts.ScriptTarget.Latest);
  return statements
    .filter(ts.isExportDeclaration)
    .flatMap(({ exportClause }) => (exportClause && ts.isNamedExports(exportClause) ? [...exportClause.elements] : []))
    .map(({ name }) => name.text);
}
