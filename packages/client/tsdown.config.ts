import { defineConfig } from "tsdown";
import { thirdPartyLicenses } from "../mock/third-party-licenses.ts";

export default defineConfig({
  entry: ["src/index.ts", "src/contract.ts", "src/node.ts", "src/undici.ts"],
  platform: "neutral",
  target: "es2022",
  dts: { generator: "oxc" },
  deps: {
    neverBundle: [/^node:/],
    // Its code goes along: to find and read one more package takes a third of the import's time. Its types do not.
    alwaysBundle: ["openapi-fetch"],
    onlyBundle: ["openapi-fetch"],
    dts: { neverBundle: ["openapi-fetch"] },
  },
  // What entries share is one file; their types are not.
  outputOptions: { codeSplitting: { groups: [{ name: "client", test: /(?<!\.d)\.ts$|\.mjs$/, minShareCount: 2 }] } },
  plugins: [thirdPartyLicenses()],
});
