import { parseArgs } from "node:util";

const help = `Usage: node src/cli.ts <command> [options]

Commands:
  build            writes the page and what is beside it to dist
  serve            serves dist on this machine

Options:
  --port <number>  where to serve; 0 takes any free port (default: the variable PORT, or 4020)
  -h, --help       show this help`;

/** What the command line asks for. What is wrong with it is told, and ends this process with 2. */
export function readOptions(): { command: "build" | "serve"; port: number } {
  try {
    const { positionals, values } = parse();
    if (values.help) {
      console.log(help);
      process.exit();
    }
    const command = positionals.join(" ");
    if (command !== "build" && command !== "serve") throw new Error("Give one command: build or serve.");
    return { command, port: portNumber(values.port) };
  } catch (error) {
    console.error((error as Error).message);
    process.exit(2);
  }
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

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new Error(`The port is "${text}". Give a number from 0 to 65535.`);
  return port;
}
