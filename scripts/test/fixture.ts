import { fileURLToPath } from "node:url";
import type { Layout } from "../codegen/layout.ts";

/** A contract with operations that we do not ship, and what is generated from it. */
export const FIXTURE: Layout = {
  contract: "scripts/test/fixture/things.yaml",
  types: "scripts/test/fixture/generated/types.d.ts",
  client: "scripts/test/fixture/generated/client.ts",
  validators: "scripts/test/fixture/generated/validators.ts",
  publicNames: "scripts/test/fixture/generated/index.ts",
  codeSamples: "scripts/test/fixture/generated/code-samples.yaml",
  index: "packages/client/src/index.ts",
  imports: { types: "./types.d.ts", client: "./client.ts", runtime: "../../../../packages/client/src/runtime" },
};

export const toFile = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
