import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { defineConfig } from "tsdown";
import { parseContract } from "./src/parse-contract.ts";
import { thirdPartyLicenses } from "./third-party-licenses.ts";

const callsNobody = fileURLToPath(import.meta.resolve("./src/calls-nobody.ts"));
const contract = fileURLToPath(import.meta.resolve("@csms/openapi/csms.yaml"));

export default defineConfig({
  entry: ["src/index.ts", "src/cli.ts"],
  platform: "node",
  // .js, as package.json names them; for Node the default is .mjs.
  fixedExtension: false,
  // Prism goes along, so that nobody installs what it depends on: one of them reports who does.
  deps: { onlyBundle: false },
  alias: {
    // Prism takes no other language from it, and each of the 70 is large.
    "@faker-js/faker": "@faker-js/faker/locale/en",
    // Its other build hides what it requires from a bundler.
    "jsonc-parser": "jsonc-parser/lib/esm/main.js",
    // An eighth of the bytes, and the only ones that ask for Node's deprecated punycode.
    "node-fetch": callsNobody,
    "http-proxy-agent": callsNobody,
    "https-proxy-agent": callsNobody,
  },
  // In CommonJS, `this` is `exports`. uri-template-lite has nothing else that says it is CommonJS.
  define: { "this.URI": "exports.URI" },
  plugins: [thirdPartyLicenses()],
  hooks: {
    "build:done": async () => writeFile("dist/contract.json", JSON.stringify(await parseContract(contract))),
  },
});
