import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ContractError } from "@csms/openapi/reader";
import { generateFiles } from "./codegen/generate-files.ts";
import { LAYOUT } from "./codegen/layout.ts";
import { locate } from "./codegen/locate.ts";
import { writeFiles } from "./codegen/write-files.ts";
import { COMMAND } from "./command.ts";

const CONTRACT = LAYOUT.contract;
const contractPath = fileURLToPath(new URL(`../${CONTRACT}`, import.meta.url));

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
try {
  const files = await generateFiles(contractPath);
  const stale = await writeFiles(files, values);
  if (values.check && stale.length > 0) {
    for (const path of stale) console.error(`${path} is not what ${CONTRACT} gives.`);
    console.error(`Run: ${COMMAND} generate\nIt makes them from the contract; a change made in them by hand is lost.`);
    process.exitCode = 1;
  } else {
    const changed = stale.map((path) => `\n  wrote ${path}`).join("");
    console.log(`${files.size} files are what ${CONTRACT} gives.${changed}`);
  }
} catch (error) {
  if (!(error instanceof ContractError)) throw error;
  console.error(`Nothing was written.\n  ${await locate(error.message, contractPath, CONTRACT)}`);
  process.exitCode = 1;
}
