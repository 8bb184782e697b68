import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Docs, readDocs } from "./docs.ts";
import { sourceFolder } from "./files.ts";
import { finishPage } from "./finish.ts";
import { forRedoc } from "./for-redoc.ts";
import { llmsText, markdownEdition } from "./markdown.ts";
import { plainEdition } from "./plain.ts";
import { toSections } from "./sections.ts";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const redocly = fileURLToPath(import.meta.resolve("@redocly/cli/bin/cli.js"));
const run = promisify(execFile);

const browserScripts = ["keyboard.js", "search.js", "redoc.js"].map((name) => join("browser", name));

/**
 * Builds the page, one file, complete in itself, and puts beside it the contract as `csms.yaml`, the docs as `index.md`,
 * and `llms.txt`.
 *
 * @param samples The generated code samples of the contract's operations. Default: ours.
 * @returns The page's text.
 * @throws Error when the contract can't be read. The page of the last build stays.
 */
export async function buildPage(contract: string, output: string, samples?: string): Promise<string> {
  const docs = await readDocs(contract, samples);
  const [theme, plain, early, ...browser] = await Promise.all(
    ["theme.css", "plain.css", "browser/early.js", ...browserScripts].map(readSource),
  );
  const rendered = await render(docs).catch((error) => {
    throw new Error(`${contract} can't be made into a page. ${redoclyMessage(error)}`, { cause: error });
  });
  const sections = toSections(docs);
  const page = finishPage(rendered, {
    styles: `${theme}${plain}`,
    plain: plainEdition(sections),
    early: early ?? "",
    browser: browser.join("\n"),
  });
  const folder = dirname(output);
  await mkdir(folder, { recursive: true });
  await copyFile(contract, join(folder, "csms.yaml"));
  await writeFile(join(folder, "index.md"), markdownEdition(sections));
  await writeFile(join(folder, "llms.txt"), llmsText(sections, docs.info.summary));
  await writeFile(`${output}.new`, page);
  await rename(`${output}.new`, output);
  return page;
}

async function render(docs: Docs): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), "csms-docs-"));
  const [input, output] = [join(scratch, "description.json"), join(scratch, "index.html")];
  const mark = `data:image/svg+xml,${encodeURIComponent(await readSource("mark.svg"))}`;
  const flags = [
    "--inlineBundle",
    `--template=${join(sourceFolder, "page.hbs")}`,
    `--templateOptions.summary=${docs.info.summary}`,
    `--templateOptions.icon=${mark}`,
    `--output=${output}`,
  ];
  try {
    await writeFile(input, JSON.stringify(forRedoc(docs, mark)));
    // Redocly finds its options in the redocly.yaml of this folder.
    await run(process.execPath, [redocly, "build-docs", input, ...flags], { cwd: packageFolder });
    return await readFile(output, "utf8");
  } finally {
    await rm(scratch, { recursive: true });
  }
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
