import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);

/**
 * Writes those files that are not yet as they are here.
 *
 * @param files What is to be in each, by its path in the repository.
 * @param options.check Only looks which those are. Default: false.
 * @returns The paths of those files.
 */
export async function writeFiles(files: Map<string, string>, { check = false } = {}): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, content] of files) {
    const file = fileURLToPath(new URL(path, ROOT));
    if ((await readFile(file, "utf8").catch(() => undefined)) === content) continue;
    stale.push(path);
    if (check) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return stale;
}
