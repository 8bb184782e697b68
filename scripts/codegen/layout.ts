/** Where the generated files are, and what they go with. Paths are from the repository's root. */
export interface Layout {
  contract: string;
  types: string;
  client: string;
  validators: string;
  /** The names that the contract brings, for the client's index. */
  publicNames: string;
  codeSamples: string;
  /** The names that people wrote. */
  index: string;
  imports: { types: string; client: string; runtime: string };
}

/** The layout of this repository. */
export const LAYOUT: Layout = {
  contract: "openapi/csms.yaml",
  types: "packages/types/index.d.ts",
  client: "packages/client/src/generated/client.ts",
  validators: "packages/client/src/generated/validators.ts",
  publicNames: "packages/client/src/generated/index.ts",
  codeSamples: "packages/docs/src/generated/code-samples.yaml",
  index: "packages/client/src/index.ts",
  imports: { types: "@csms/types", client: "./client.ts", runtime: "../runtime" },
};
