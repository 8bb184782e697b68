import { defineConfig } from "tsdown";

export default defineConfig({
  entry: [
    "src/index.ts",
    "src/contract.ts",
    "src/node.ts",
    "src/undici.ts",
    "src/runtime/credentials/hmac-node.ts",
    "src/runtime/credentials/hmac-web.ts",
  ],
  platform: "neutral",
  target: "es2022",
  dts: { generator: "oxc" },
  // Each runtime resolves it by the conditions in package.json.
  deps: { neverBundle: ["#hmac", /^node:/] },
});
