// node run.js <file> [its parameters]
// Begins what the root's scripts run. It is JavaScript, and needs nothing: npm may have started it by mistake.
import { readFileSync } from "node:fs";

const root = new URL("../", import.meta.url);
const { npm_config_user_agent: agent = "pnpm", npm_lifecycle_event: script } = process.env;
if (agent.startsWith("pnpm")) {
  const [file] = process.argv.splice(2, 1);
  // pnpm hands on the `--` that npm would take away.
  const dashes = process.argv.indexOf("--");
  if (dashes > 0) process.argv.splice(dashes, 1);
  await import(new URL(file, root)).catch((error) => {
    if (!error.code?.startsWith("ERR_PARSE_ARGS")) throw error;
    console.error(error.message.split(". ")[0]);
    process.exitCode = 2;
  });
} else {
  const { packageManager } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
  console.error(`This is a workspace of pnpm. Run: npx -y ${packageManager} run ${script}`);
  process.exitCode = 1;
}
