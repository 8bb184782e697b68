// node ours.ts <description> <folder>: what this repository generates, in a folder.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { generateFiles } from "../codegen/generate-files.ts";
import type { Layout } from "../codegen/layout.ts";

const [, , description = "", folder] = process.argv;
const layout: Layout = {
  contract: description,
  types: "types.d.ts",
  client: "client.ts",
  validators: "validators.ts",
  publicNames: "index.ts",
  codeSamples: "code-samples.yaml",
  index: "packages/client/src/index.ts",
  imports: { types: "./types.d.ts", client: "./client.ts", runtime: "../../../../../packages/client/src/runtime" },
};
for (const [path, content] of await generateFiles(description, layout)) {
  await mkdir(dirname(`${folder}/${path}`), { recursive: true });
  await writeFile(`${folder}/${path}`, content);
}
