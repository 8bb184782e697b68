import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Biome's formatting, as everywhere in this repository, in lines of 120 characters unless told otherwise. */
export function formatCode(code: string, lineWidth = 120): string {
  const biome = fileURLToPath(import.meta.resolve("@biomejs/biome/bin/biome"));
  const flags = ["format", `--line-width=${lineWidth}`, "--stdin-file-path=generated.ts"];
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, ...flags], {
    cwd: new URL(".", import.meta.url),
    input: code,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`the generated code can't be formatted:\n${stderr.slice(0, 2000)}`);
  return stdout;
}
