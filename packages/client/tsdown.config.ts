import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/contract.ts", "src/node.ts", "src/undici.ts"],
  platform: "neutral",
  target: "es2022",
  dts: { generator: "oxc" },
  deps: { neverBundle: [/^node:/] },
});
