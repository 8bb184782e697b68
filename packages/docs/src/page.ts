import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Node, operationsOf, readDescription } from "./description.ts";
import { finishPage } from "./finish.ts";
import { plainEdition } from "./plain.ts";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const redocly = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));
const run = promisify(execFile);

export const contractFile = fileURLToPath(import.meta.resolve("@csms/openapi/csms.yaml"));
export const sourceFolder = join(packageFolder, "src");
export const pageFile = join(packageFolder, "dist/index.html");

/**
 * Builds the page, one file, complete in itself, and puts the contract beside it as `csms.yaml`.
 *
 * @returns The page's text.
 * @throws Error when the contract can't be read. The page of the last build stays.
 */
export async function buildPage(contract: string, output: string): Promise<string> {
  const description = await readDescription(contract);
  const [theme = "", keyboard = ""] = await Promise.all(["theme.css", "keyboard.js"].map(readSource));
  const rendered = await render(description).catch((error) => {
    throw new Error(`${contract} can't be made into a page. ${redoclyMessage(error)}`, { cause: error });
  });
  const page = finishPage(rendered, { theme, plain: plainEdition(description), keyboard });
  await mkdir(dirname(output), { recursive: true });
  await copyFile(contract, join(dirname(output), "csms.yaml"));
  await writeFile(`${output}.new`, page);
  await rename(`${output}.new`, output);
  return page;
}

async function render(description: Node): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "csms-docs-"));
  const [input, output] = [join(scratch, "description.json"), join(scratch, "index.html")];
  const mark = `data:image/svg+xml,${encodeURIComponent(await readSource("mark.svg"))}`;
  const flags = [
    "--inlineBundle",
    `--template=${join(sourceFolder, "page.hbs")}`,
    `--templateOptions.summary=${description.info.summary ?? ""}`,
    `--templateOptions.icon=${mark}`,
    `--output=${output}`,
  ];
  try {
    await writeFile(input, JSON.stringify(forRedoc(description, mark)));
    // Redocly finds its options in the redocly.yaml of this folder.
    await run(process.execPath, [redocly, "build-docs", input, ...flags], { cwd: packageFolder });
    return await readFile(output, "utf8");
  } finally {
    await rm(scratch, { recursive: true });
  }
}

function forRedoc(description: Node, mark: string): Node {
  const copy = structuredClone(description);
  for (const { method, path, node } of operationsOf(copy)) {
    // On a narrow page Redoc has it far below the operation's name.
    node.description = `\`${method.toUpperCase()} ${path}\`\n\n${node.description ?? ""}`;
  }
  // It is this description's; on the page it reads as if it was the service's.
  delete copy.info.license;
  copy.info["x-logo"] = { url: mark, altText: copy.info.title, href: "#/" };
  return copy;
}

function readSource(file: string): Promise<string> {
  return readFile(join(sourceFolder, file), "utf8");
}

function redoclyMessage(error: unknown): string {
  if (!(error instanceof Error && "stderr" in error)) return String(error);
  return String(error.stderr)
    .replaceAll(/^.*[╔║╚].*$/gm, "")
    .trim();
}
