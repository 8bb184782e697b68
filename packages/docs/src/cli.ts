import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { buildPage, contractFile, pageFile, sourceFolder } from "./page.ts";
import { serveFolder } from "./server.ts";
import { watchFolders } from "./watch.ts";

async function build() {
  const started = performance.now();
  const page = await buildPage(contractFile, pageFile);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`Docs page built in ${seconds} s: ${Buffer.byteLength(page).toLocaleString("en")} bytes.`);
}

async function serve(port: number) {
  if (!existsSync(pageFile)) throw new Error("The page is not built yet. Run the script build first.");
  const { url } = await serveFolder(dirname(pageFile), port);
  console.log(`Docs: ${url}`);
}

async function dev(port: number) {
  const { url } = await serveFolder(dirname(pageFile), port, { fresh: true });
  const rebuild = () => build().catch(report);
  await rebuild();
  watchFolders([dirname(contractFile), sourceFolder, join(sourceFolder, "generated")], rebuild);
  console.log(`Docs: ${url} (reload the page after an edit of ${contractFile})`);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new Error(`The port is "${text}". Give a number from 0 to 65535.`);
  return port;
}

function report(error: unknown) {
  console.error(error instanceof Error ? error.message : error);
}

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { port: { type: "string", default: process.env.PORT ?? "4020" } },
  });
  const command = new Map(Object.entries({ build, serve, dev })).get(positionals.join(" "));
  if (!command) throw new Error("Give one command: build, serve or dev.");
  await command(portNumber(values.port));
} catch (error) {
  report(error);
  process.exitCode = 1;
}
