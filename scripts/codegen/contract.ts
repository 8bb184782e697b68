import { BaseResolver, bundle, createConfig, type Oas3_1Definition } from "@redocly/openapi-core";

/** Something in the contract that the generator can't turn into code. */
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

/** Anything that may stand in an OpenAPI description: the generator checks before it believes. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of a description is known only once it is read.
export type Node = any;

/** An OpenAPI description in one piece: no references to other files. */
export class Contract {
  readonly root: Oas3_1Definition;

  constructor(root: Oas3_1Definition) {
    this.root = root;
  }

  /** Reads and bundles a description. */
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

  /** Follows `$ref`, and tells the name of a component that it went by last. */
  resolve(node: Node, place: string): { value: Node; name: string | undefined } {
    let value = node;
    let name: string | undefined;
    for (const seen = new Set<string>(); value?.$ref !== undefined; ) {
      const ref: string = value.$ref;
      if (!ref.startsWith("#/") || seen.has(ref)) throw new ContractError(place, `can't follow $ref ${ref}`);
      seen.add(ref);
      value = valueAt(this.root, ref);
      if (value === undefined) throw new ContractError(place, `$ref ${ref} leads nowhere`);
      name = /^#\/components\/schemas\/([^/]+)$/.exec(ref)?.[1] ?? name;
    }
    return { value, name };
  }
}

/** What a pointer such as `#/components/schemas/Secret` points at. */
function valueAt(root: Node, pointer: string): Node {
  return keysOf(pointer).reduce((parent: Node, key) => parent?.[key], root);
}

function keysOf(pointer: string): string[] {
  const [, ...keys] = pointer.split("/");
  return keys.map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The `type` of a schema; whether it may be null, too, is another matter. */
export function typeOf(schema: Node): string {
  const types = [schema.type].flat().filter((type) => type !== "null");
  return types.join(" or ");
}

/** `/a/b` as a list of keys (RFC 6901). */
export function pointerKeys(pointer: Node, place: string): string[] {
  if (typeof pointer !== "string" || !/^(\/[^/]+)+$/.test(pointer)) {
    throw new ContractError(
      place,
      `must be a JSON Pointer such as /page_info/next_marker, is ${JSON.stringify(pointer)}`,
    );
  }
  return keysOf(pointer);
}
