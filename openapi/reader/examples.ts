import type { Node, Resolver } from "./resolver.ts";

/** An example of a body or a parameter. */
export interface Example {
  /** Its key among `examples`; undefined for the only one, an `example`. */
  name: string | undefined;
  summary: string | undefined;
  description: string | undefined;
  value: unknown;
}

/** The examples of a parameter, a header or a content type: its `example`, or its `examples`, also behind `$ref`. */
export function examplesOf(resolver: Resolver, node: Node, place: string): Example[] {
  if (node.example !== undefined) {
    return [{ name: undefined, summary: undefined, description: undefined, value: node.example }];
  }
  return Object.entries<Node>(node.examples ?? {}).flatMap(([name, example]) => {
    const { summary, description, value } = resolver.resolve(example, `${place}/examples/${name}`).value;
    // An `externalValue` is somewhere else.
    return value === undefined ? [] : [{ name, summary, description, value }];
  });
}

/** The value of the first example; undefined when there is none. */
export function exampleOf(resolver: Resolver, node: Node, place: string): unknown {
  return examplesOf(resolver, node, place)[0]?.value;
}
