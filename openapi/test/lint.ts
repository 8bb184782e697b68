import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { lintFromString, loadConfig, parseYaml } from "@redocly/openapi-core";

type Node = Record<string, unknown>;

const fixture = JSON.stringify(parseYaml(await readFile(new URL("fixture.yaml", import.meta.url), "utf8")));
const config = await loadConfig({ configPath: fileURLToPath(new URL("../../redocly.yaml", import.meta.url)) });

const tokens = (pointer: string) =>
  pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
const follow = (node: Node, path: string[]) => path.reduce((parent, key) => parent[key] as Node, node);

/** What stands in the fixture at a JSON Pointer. */
export const original = (pointer: string) => follow(JSON.parse(fixture) as Node, tokens(pointer));

/** The fixture, as text, with other values at some JSON Pointers; `undefined` removes what stands there. */
export const edited = (edits: Node) => {
  const contract = JSON.parse(fixture) as Node;
  for (const [pointer, value] of Object.entries(edits)) {
    const path = tokens(pointer);
    const key = path.pop() ?? "";
    const parent = follow(contract, path);
    if (value === undefined) delete parent[key];
    else parent[key] = JSON.parse(JSON.stringify(value));
  }
  return JSON.stringify(contract);
};

/** What the linter says to the fixture with these edits: the rule, the place and the message of each problem. */
export const lintAll = async (edits: Node) => {
  const problems = await lintFromString({ source: edited(edits), config });
  return problems.map(({ ruleId, location: [place], message }) => [ruleId, place?.pointer, message]);
};

/** The same, but for missing examples: what is tried on other rules is written without. */
export const lint = async (edits: Node) => (await lintAll(edits)).filter(([rule]) => rule !== "csms/examples");

export const listBooks = "/paths/~1v1~1{library_id}~1books/get";
