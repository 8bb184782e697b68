import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const foreground = fileURLToPath(new URL("../foreground.js", import.meta.url));
const program = "process.on('SIGINT', () => process.exit()); setInterval(() => {}, 1e6); console.log(process.pid)";
// As pnpm finds it in a script: a shell is between.
const node = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url));
const command = `"${node}" --import "${foreground}" --eval "${program}"`;

const has = (tool: string) => !spawnSync(tool, ["--version"]).error;

test.skipIf(!has("ps"))("what is run ends when the shell above it is killed", async () => {
  const shell = spawn("sh", ["-c", `sh -c '${command.replaceAll("'", "'\\''")}; true'; true`]);
  const [line] = await once(shell.stdout, "data");
  const pid = Number(line);
  onTestFinished(() => void (isRunning(pid) && process.kill(pid, "SIGKILL")));
  expect(process.kill(pid, 0)).toBe(true);
  shell.kill("SIGKILL");
  await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
});

// Only that of Linux takes these options.
test.skipIf(process.platform !== "linux" || !has("script"))("Ctrl-C is no signal for what is above", async () => {
  const terminal = spawn("script", [
    "--quiet",
    "--return",
    "--command",
    `sh -c '${command.replaceAll("'", "'\\''")}'`,
    "/dev/null",
  ]);
  await once(terminal.stdout, "data");
  terminal.stdin.write("\u0003");
  expect(await once(terminal, "exit")).toEqual([0, null]);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
