import { type Contract, type Node, type Operation, pascalCase } from "@csms/openapi/reader";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneModule from "ajv/dist/standalone/index.js";

// CommonJS, seen from an ES module.
const standaloneCode = standaloneModule.default;

/** A function for the schema of every answer, by ajv: compiled here, so that nothing is compiled at run time. */
export function emitValidators(contract: Contract, operations: Operation[]): string {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    validateFormats: false, // The contract's formats say how large a number is, which JSON does not.
    unicode: false, // A length in UTF-16 units needs no code of ajv's at run time.
    code: { source: true, esm: true },
  });
  ajv.addSchema(withoutProse(contract.root), "contract");

  const functions: Record<string, string> = {};
  const table = operations.map(({ operationId, method, path, answers }) => {
    const statuses = answers.map(({ status, body }) => {
      if (!body?.schema) return `${JSON.stringify(status)}: undefined`;
      const functionName = `is${pascalCase(body.schemaName ?? `${operationId} ${status}`)}`;
      functions[functionName] = `contract${body.schemaPlace}`;
      return `${JSON.stringify(status)}: ${functionName}`;
    });
    return `${JSON.stringify(`${method.toUpperCase()} ${path}`)}: { ${statuses.join(", ")} },`;
  });
  return `// @ts-nocheck: ajv's own code.
// biome-ignore-all lint: ajv's own code.
${standaloneCode(ajv, functions).replaceAll(/\bexport const/g, "const")}

/** By method and path, then by status: undefined where the contract has no body. */
export const validators = {
${table.join("\n")}
};
`;
}

/** The validators would carry it all. */
function withoutProse(node: Node, isMapOfNames = false): Node {
  if (Array.isArray(node)) return node.map((item) => withoutProse(item));
  if (Object(node) !== node) return node;
  const entries = Object.entries(node).filter(
    ([key]) => isMapOfNames || !/^(title|summary|description|examples?)$/.test(key),
  );
  return Object.fromEntries(
    entries.map(([key, value]) => [key, withoutProse(value, /^(p|patternP)roperties$/.test(key))]),
  );
}
