import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Where the packages are installed from their tarballs, beside all that runs them. */
export const PROJECT = fileURLToPath(new URL("../project/", import.meta.url));

/** A command that is installed there. */
export const command = (name: string) => join(PROJECT, "node_modules/.bin", name);

/** Runs a program there, and says what it said, or fails with that. */
export async function run(
  program: string,
  options: string[],
  { cwd = PROJECT, env = {}, input = "" } = {},
): Promise<string> {
  const shell = process.platform === "win32";
  const ended = execute(program, options, { cwd, env: { ...process.env, ...env }, shell });
  // Who has ended without reading it may have done right: its status says so.
  ended.child.stdin?.on("error", () => {}).end(input);
  const { stdout, stderr } = await ended.catch((error) => {
    throw new Error(`${error.message}\n${error.stdout}`.trim());
  });
  return stdout + stderr;
}
