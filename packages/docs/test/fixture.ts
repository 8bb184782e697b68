import { fileURLToPath } from "node:url";
import { contractFile, pageFile } from "../src/files.ts";

const toFile = (name: string) => fileURLToPath(new URL(`fixture/${name}`, import.meta.url));

/** A contract with one of everything, and code samples as they are generated of one. */
export const things = { contract: toFile("things.yaml"), samples: toFile("code-samples.yaml") };

/** What the build makes of our own contract. */
export const ours = { contract: contractFile, samples: undefined, page: pageFile };
