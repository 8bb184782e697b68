import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "yaml";
import { finishPage } from "./finish.ts";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const redocly = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));
const run = promisify(execFile);

export const contractFile = fileURLToPath(import.meta.resolve("@csms/openapi/csms.yaml"));
export const sourceFolder = join(packageFolder, "src");
export const pageFile = join(packageFolder, "dist/index.html");

/**
 * Builds the page: one file, complete in itself.
 *
 * @returns The page's text.
 * @throws Error when the contract can't be read. The page of the last build stays.
 */
export async function buildPage(contract: string, output: string): Promise<string> {
  const page = finishPage(await render(contract, await templateOptions(contract)));
  await mkdir(dirname(output), { recursive: true });
  await writeFile(`${output}.new`, page);
  await rename(`${output}.new`, output);
  return page;
}

async function templateOptions(contract: string) {
  const [text, theme, mark] = await Promise.all([
    readFile(contract, "utf8"),
    readFile(join(sourceFolder, "theme.css"), "utf8"),
    readFile(join(sourceFolder, "mark.svg"), "utf8"),
  ]);
  try {
    return {
      description: parse(text)?.info?.summary ?? "",
      icon: `data:image/svg+xml,${encodeURIComponent(mark)}`,
      theme,
    };
  } catch (error) {
    throw new Error(`${contract} is not YAML. ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

async function render(contract: string, options: Record<string, string>): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "csms-docs-"));
  const output = join(scratch, "index.html");
  const flags = ["--inlineBundle", `--template=${join(sourceFolder, "page.hbs")}`, `--output=${output}`];
  for (const [name, value] of Object.entries(options)) flags.push(`--templateOptions.${name}=${value}`);
  try {
    // Redocly finds its options in the redocly.yaml of this folder.
    await run(process.execPath, [redocly, "build-docs", contract, ...flags], { cwd: packageFolder });
    return await readFile(output, "utf8");
  } catch (error) {
    throw new Error(`${contract} can't be made into a page. ${redoclyMessage(error)}`, { cause: error });
  } finally {
    await rm(scratch, { recursive: true });
  }
}

function redoclyMessage(error: unknown): string {
  if (!(error instanceof Error && "stderr" in error)) return String(error);
  return String(error.stderr)
    .replaceAll(/^.*[╔║╚].*$/gm, "")
    .trim();
}
