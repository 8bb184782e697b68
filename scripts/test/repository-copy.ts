import { execFileSync } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** A copy of this repository, with what is installed, for one test. */
export async function copyRepository(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "csms-copy-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const files = listed.split("\0").filter(Boolean);
  for (const file of files) await cp(join(ROOT, file), join(folder, file)).catch(ignoreMissing);
  // The links in a package's folder are relative: what they lead to is in the copy, or below the root's folder. What
  // benchmarks and consumers bring for themselves, deeper down, stays where it is.
  for (const file of files.filter((file) => /^(packages\/)?[^/]+\/package\.json$/.test(file))) {
    const modules = join(dirname(file), "node_modules");
    const links = { recursive: true, verbatimSymlinks: true };
    await cp(join(ROOT, modules), join(folder, modules), links).catch(ignoreMissing);
  }
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** A file that was removed is listed until that is committed. */
function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}
