import { type Contract, ContractError, type Operation, pascalCase } from "@csms/openapi/reader";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneModule from "ajv/dist/standalone/index.js";
import { BareSchemas } from "./bare-schemas.ts";
import { propertyKey } from "./names.ts";

// CommonJS, seen from an ES module.
const standaloneCode = standaloneModule.default;

// What ajv's code would require. No name begins as a validator's does.
const HELPERS = [
  {
    required: 'require("ajv/dist/runtime/equal").default',
    name: "equals",
    code: `
/** Whether two JSON values are the same. */
const equals = (left, right) => {
  if (left === right || Object(left) !== left || Object(right) !== right) return left === right;
  const keys = Object.keys(left);
  return (
    Array.isArray(left) === Array.isArray(right) &&
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equals(left[key], right[key]))
  );
};`,
  },
  {
    required: 'require("ajv/dist/runtime/ucs2length").default',
    name: "lengthOf",
    code: `
/** The length of a text in characters, as JSON Schema counts it. */
const lengthOf = (text) => [...text].length;`,
  },
];

/** A function for the body of every success, by ajv: compiled here, so that nothing is compiled at run time. */
export function emitValidators(contract: Contract, operations: Operation[]): string {
  const schemas = new BareSchemas(contract);
  const functions: Record<string, string> = {};
  const table = operations.flatMap(({ operationId, success }) => {
    const statuses = success.flatMap(({ status, body }) => {
      if (!body) return [];
      const { schema, schemaName, schemaPlace } = body;
      const name = schemas.add(schema, schemaPlace, pascalCase(schemaName ?? `${operationId} ${status}`));
      functions[`is${name}`] = `contract#/$defs/${name}`;
      return `${status}: is${name}`;
    });
    return statuses.length > 0 ? `${propertyKey(operationId)}: { ${statuses.join(", ")} },` : [];
  });
  const code = compile(schemas, functions);
  const helpers = HELPERS.filter(({ required }) => code.includes(required));
  const inlined = helpers.reduce((rest, { required, name }) => rest.replaceAll(required, name), code);
  return `// @ts-nocheck: ajv's own code.
// biome-ignore-all lint: ajv's own code.
${helpers.map((helper) => helper.code).join("\n")}
${inlined.replace('"use strict";', "")}

/** By operationId, then by each success status that has a body. */
export const validators = {
${table.join("\n")}
};
`;
}

function compile(schemas: BareSchemas, functions: Record<string, string>): string {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    validateFormats: false, // The contract's formats say how large a number is, which JSON does not.
    code: { source: true, esm: true },
  });
  for (const [name, place] of schemas.places) {
    ajv.validateSchema(schemas.$defs[name]);
    const [error] = ajv.errors ?? [];
    if (error) throw new ContractError(`${place}${error.instancePath}`, `is no JSON Schema: it ${error.message}`);
  }
  ajv.addSchema({ $defs: schemas.$defs }, "contract");
  return standaloneCode(ajv, functions);
}
