import { readFile } from "node:fs/promises";
import { parse } from "yaml";

/** An OpenAPI description, as it is read: what it holds is known only by looking. */
// biome-ignore lint/suspicious/noExplicitAny: the shape of a description is known only once it is read.
export type Node = any;

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const firstChapter = /^(?=## )/m;

export interface Operation {
  method: string;
  path: string;
  node: Node;
}

/**
 * Reads the contract, and adds what the docs say beyond it: the guide, before the first chapter, and the code samples.
 *
 * @throws Error when it is no YAML, or describes no API.
 */
export async function readDescription(contract: string): Promise<Node> {
  const [text, guide, codeSamples] = await Promise.all([
    readFile(contract, "utf8"),
    readFile(new URL("guide.md", import.meta.url), "utf8"),
    readFile(new URL("generated/code-samples.yaml", import.meta.url), "utf8").then(parse),
  ]);
  const description = parseYaml(contract, text);
  if (!description?.openapi || !description.info) throw new Error(`${contract} is no OpenAPI description.`);
  const { info } = description;
  const [introduction, ...chapters] = (info.description ?? "").split(firstChapter);
  info.description = [introduction, guide, ...chapters].join("");
  for (const { node } of operationsOf(description)) node["x-codeSamples"] ??= codeSamples[node.operationId];
  return description;
}

export function operationsOf(description: Node): Operation[] {
  return Object.entries<Node>(description.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ method, path, node: item[method] })),
  );
}

/** What a `$ref` inside the description leads to; anything else as it is. */
export function resolve(description: Node, node: Node): Node {
  if (node?.$ref === undefined) return node;
  const [, ...keys] = node.$ref.split("/");
  return keys.reduce(
    (parent: Node, key: string) => parent?.[key.replaceAll("~1", "/").replaceAll("~0", "~")],
    description,
  );
}

function parseYaml(file: string, text: string): Node {
  try {
    return parse(text);
  } catch (error) {
    throw new Error(`${file} is not YAML. ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
