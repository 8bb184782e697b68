// node run.js <program> [its parameters]
// Begins what the root's scripts run. It is JavaScript, and needs nothing: npm may have started it by mistake.
import { readFileSync } from "node:fs";

const { npm_config_user_agent: agent = "pnpm", npm_lifecycle_event: script } = process.env;
if (agent.startsWith("pnpm")) {
  const [program] = process.argv.splice(2, 1);
  await import(`./${program}.ts`);
} else {
  const { packageManager } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  console.error(`This is a workspace of pnpm. Run: npx -y ${packageManager} run ${script}`);
  process.exitCode = 1;
}
