import { BaseResolver, bundle, createConfig, type Oas3_1Definition } from "@redocly/openapi-core";
import { pointerKeys } from "./pointers.ts";
import { ContractError, type Node, Resolver } from "./resolver.ts";

/** An OpenAPI description in one piece: no references to other files. */
export class Contract extends Resolver {
  readonly root: Oas3_1Definition;

  constructor(root: Oas3_1Definition) {
    super((ref, place) => {
      if (!ref.startsWith("#/")) throw new ContractError(place, `can't follow $ref ${ref}`);
      const value = valueAt(root, ref);
      if (value === undefined) throw new ContractError(place, `$ref ${ref} leads nowhere`);
      return value;
    });
    this.root = root;
  }

  /**
   * Reads and bundles a description.
   *
   * @throws {ContractError} It is no OpenAPI 3.1, or a `$ref` in it leads nowhere.
   */
  static async load(path: string): Promise<Contract> {
    const config = await createConfig({});
    const result = await bundle({ ref: path, config, externalRefResolver: new BaseResolver() }).catch((error) => {
      // A parser shows the whole file.
      throw new ContractError(path, String(error.message).split("\n").slice(0, 5).join("\n"));
    });
    const root: Node = result.bundle.parsed;
    const [problem] = result.problems;
    if (problem) {
      const place = problem.location[0]?.pointer ?? path;
      const ref = valueAt(root, place.replace(/\/\$ref$/, ""))?.$ref;
      throw new ContractError(place, ref ? `${problem.message}: ${ref}` : problem.message);
    }
    if (!String(root?.openapi).startsWith("3.1.")) {
      throw new ContractError("#/openapi", `must be 3.1.x, is ${JSON.stringify(root?.openapi)}`);
    }
    return new Contract(root);
  }
}

/** What a pointer such as `#/components/schemas/Secret` points at. */
function valueAt(root: Node, pointer: string): Node {
  return pointerKeys(pointer).reduce((parent: Node, key) => parent?.[key], root);
}
