import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { contractFile, pageFile } from "./files.ts";
import { readOptions } from "./options.ts";
import { serveFolder } from "./server.ts";

async function build() {
  const started = performance.now();
  // Who serves needs nothing of it.
  const { buildPage } = await import("./page.ts");
  const page = await buildPage(contractFile, pageFile);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`Docs page built in ${seconds} s: ${Buffer.byteLength(page).toLocaleString("en")} bytes.`);
}

async function serve(port: number) {
  if (!existsSync(pageFile)) throw new Error("The page is not built yet. Run the script build first.");
  const { url, server } = await serveFolder(dirname(pageFile), port);
  console.log(`Docs: ${url}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Not once: Ctrl-C can come twice, from the terminal and from what started this.
    process.on(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

const { command, port } = readOptions();
try {
  await (command === "build" ? build() : serve(port));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
