// node ours.ts <description> <folder>: what this repository generates, in a folder.
import { generateFiles } from "../codegen/generate-files.ts";
import type { Layout } from "../codegen/layout.ts";
import { writeFiles } from "../codegen/write-files.ts";

const [, , description = "", folder] = process.argv;
const layout: Layout = {
  contract: description,
  types: "types.d.ts",
  client: "client.ts",
  validators: "validators.ts",
  publicNames: "index.ts",
  codeSamples: "code-samples.yaml",
  index: "packages/client/src/index.ts",
  imports: { types: "./types.d.ts", client: "./client.ts", runtime: "../../../../../../src/runtime" },
};
const files = await generateFiles(description, layout);
await writeFiles(new Map(Array.from(files, ([path, content]) => [`${folder}/${path}`, content])));
