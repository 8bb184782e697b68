import { defineConfig } from "tsdown";

export default defineConfig({
  platform: "neutral",
  target: "es2022",
  dts: true,
});
