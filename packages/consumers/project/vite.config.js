import { defineConfig } from "vite";

// The page, or with `--mode=worker` the worker: one file, as Wrangler would make of it.
export default defineConfig(({ mode }) => ({
  logLevel: "warn",
  build: {
    outDir: `dist/${mode}`,
    ...(mode === "worker" && { lib: { entry: "worker.js", formats: ["es"], fileName: "worker" } }),
  },
}));
