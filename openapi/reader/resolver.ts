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

/** Follows `$ref`: in a contract, or in what a linter is looking at. */
export class Resolver {
  /** What a `$ref` leads to, which may be another one. @throws {ContractError} It leads nowhere. */
  readonly follow: (ref: string, place: string) => Node;

  constructor(follow: (ref: string, place: string) => Node) {
    this.follow = follow;
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
}
