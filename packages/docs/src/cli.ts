import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { contractFile, pageFile } from "./files.ts";
import { serveFolder } from "./server.ts";

const help = `Usage: node src/cli.ts <command> [options]

Commands:
  build            writes the page and what is beside it to dist
  serve            serves dist on this machine

Options:
  --port <number>  where to serve; 0 takes any free port (default: the variable PORT, or 4020)
  -h, --help       show this help`;

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

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new Error(`The port is "${text}". Give a number from 0 to 65535.`);
  return port;
}

function report(error: unknown) {
  console.error(error instanceof Error ? error.message : error);
}

try {
  const { positionals, values } = parse();
  if (values.help) {
    console.log(help);
  } else {
    const command = new Map(Object.entries({ build, serve })).get(positionals.join(" "));
    if (!command) throw new Error("Give one command: build or serve.");
    await command(portNumber(values.port));
  }
} catch (error) {
  report(error);
  process.exitCode = 1;
}

function parse() {
  const options = {
    port: { type: "string", default: process.env.PORT ?? "4020" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    const [reason] = String((error as Error).message).split(/[.\n]/);
    throw new Error(`${reason}. Options: --port, --help.`, { cause: error });
  }
}
