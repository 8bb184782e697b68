import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { defineConfig } from "tsdown";
import { parseContract } from "./src/parse-contract.ts";

const contract = fileURLToPath(import.meta.resolve("@csms/openapi/csms.yaml"));

export default defineConfig({
  entry: ["src/index.ts", "src/cli.ts"],
  platform: "node",
  // .js, as package.json names them; for Node the default is .mjs.
  fixedExtension: false,
  hooks: {
    "build:done": async () => writeFile("dist/contract.json", JSON.stringify(await parseContract(contract))),
  },
});
