import { BaseResolver, bundle, createConfig, type Oas3_1Definition } from "@redocly/openapi-core";
import { pointerKeys } from "./pointers.ts";

/** Something in the contract that the client can't be made from. */
export class ContractError extends Error {
  /** @param place Where it is, such as `#/paths/~1v1~1things/get`. */
  constructor(place: string, problem: string) {
    super(`${place}: ${problem}`);
    this.name = "ContractError";
  }

  /** All of them in one. */
  static all(errors: ContractError[]): ContractError {
    return Object.assign(new ContractError("", ""), { message: errors.map(({ message }) => message).join("\n  ") });
  }
}

/** Anything that may stand in an OpenAPI description: a reader checks before it believes. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of a description is known only once it is read.
export type Node = any;

/** What a `$ref` leads to. */
export interface Resolved {
  value: Node;
  /** Where it stands: it, or a `$ref` to it that says more. */
  place: string;
  /** Its name, when it is one of the components' schemas. */
  name: string | undefined;
}

/** Follows `$ref`: a contract does, and so does a linter that has not bundled one yet. */
export interface Resolver {
  resolve(node: Node, place: string): Resolved;
}

/** An OpenAPI description in one piece: no references to other files. */
export class Contract implements Resolver {
  readonly root: Oas3_1Definition;

  constructor(root: Oas3_1Definition) {
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

  /** Follows `$ref`, from one to the next. */
  resolve(node: Node, place: string): Resolved {
    let value = node;
    let name: string | undefined;
    let at = place;
    let isBare = true;
    for (const seen = new Set<string>(); value?.$ref !== undefined; ) {
      const ref: string = value.$ref;
      if (seen.has(ref)) throw new ContractError(place, `can't follow $ref ${ref}`);
      seen.add(ref);
      isBare &&= Object.keys(value).every((key) => /^(\$ref|summary|description)$/.test(key));
      value = this.follow(ref, place);
      name = /^#\/components\/schemas\/([^/]+)$/.exec(ref)?.[1] ?? name;
      if (isBare) at = ref;
    }
    return { value, place: at, name };
  }

  /** What a `$ref` leads to, which may be another one. */
  follow(ref: string, place: string): Node {
    if (!ref.startsWith("#/")) throw new ContractError(place, `can't follow $ref ${ref}`);
    const value = valueAt(this.root, ref);
    if (value === undefined) throw new ContractError(place, `$ref ${ref} leads nowhere`);
    return value;
  }
}

/** What a pointer such as `#/components/schemas/Secret` points at. */
function valueAt(root: Node, pointer: string): Node {
  return pointerKeys(pointer).reduce((parent: Node, key) => parent?.[key], root);
}
