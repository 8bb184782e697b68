import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Contract, type Node, type Operation, readOperations } from "@csms/openapi/reader";
import { parse } from "yaml";

/** All that the docs say. */
export interface Docs {
  contract: Contract;
  /** Each has its code samples as `x-codeSamples`. */
  operations: Operation[];
  info: { title: string; summary: string; version: string };
  /** What stands before the first chapter. */
  introduction: string;
  chapters: Chapter[];
}

export interface Chapter {
  title: string;
  text: string;
}

const generatedSamples = fileURLToPath(new URL("generated/code-samples.yaml", import.meta.url));
const chapterHeading = /^## +(.*)\n/m;

/**
 * Reads a contract, and adds what the docs say beyond it: the guide, before the contract's own chapters, and the code
 * samples of an operation that has none of its own.
 *
 * @throws {ContractError} The contract is no OpenAPI 3.1, or has an operation that no client can be made from.
 */
export async function readDocs(contractFile: string, samplesFile = generatedSamples): Promise<Docs> {
  const [contract, guide, samples] = await Promise.all([
    Contract.load(contractFile),
    readFile(new URL("guide.md", import.meta.url), "utf8"),
    readFile(samplesFile, "utf8").then(parse),
  ]);
  const operations = readOperations(contract);
  for (const { source, operationId } of operations) source["x-codeSamples"] ??= samples[operationId] ?? [];
  const { title = "", summary = "", version = "", description = "" }: Node = contract.root.info ?? {};
  const { introduction, chapters } = toChapters(description);
  return {
    contract,
    operations,
    info: { title, summary, version },
    introduction,
    chapters: [...toChapters(guide).chapters, ...chapters],
  };
}

/** The named schemas. */
export function schemasOf({ root }: Contract): [name: string, schema: Node][] {
  return Object.entries<Node>(root.components?.schemas ?? {});
}

/** The operations by tag, in the order of the contract's tags; those without one come last. */
export function operationsByTag({ contract, operations }: Docs): { tag: Node; operations: Operation[] }[] {
  const declared: Node[] = contract.root.tags ?? [];
  const undeclared = operations.flatMap(({ tags }) => tags.slice(0, 1)).map((name) => ({ name }));
  const byName = new Map([...undeclared, ...declared].map((tag) => [tag.name, tag]));
  const names = new Set([...declared, ...undeclared].map(({ name }) => name));
  const groups = [...names].map((name) => ({
    tag: byName.get(name),
    operations: operations.filter(({ tags }) => tags[0] === name),
  }));
  groups.push({ tag: undefined, operations: operations.filter(({ tags }) => tags.length === 0) });
  return groups.filter((group) => group.operations.length > 0);
}

function toChapters(markdown: string): { introduction: string; chapters: Chapter[] } {
  const [introduction = "", ...parts] = markdown.split(chapterHeading);
  const chapters: Chapter[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    chapters.push({ title: (parts[at] ?? "").trim(), text: (parts[at + 1] ?? "").trim() });
  }
  return { introduction: introduction.trim(), chapters };
}
