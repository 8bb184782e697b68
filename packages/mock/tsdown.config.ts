import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/cli.ts"],
  platform: "node",
  // .js, as package.json names them; for Node the default is .mjs.
  fixedExtension: false,
  copy: "../../openapi/csms.yaml",
});
