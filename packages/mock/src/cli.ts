import { parseArgs } from "node:util";
import packageJson from "../package.json" with { type: "json" };

const help = `Usage: csms-mock [options]

A mock of Huawei Cloud's Secret Management Service (CSMS) metadata API, for tests with no cloud account.
It answers with the contract's examples, and tells what is wrong with a request that breaks the contract.

Options:
  -p, --port <number>   where to listen; 0 takes any free port (default: 4010)
      --host <address>  who can reach it: 127.0.0.1 is this machine only, 0.0.0.0 everybody (default: 127.0.0.1)
  -h, --help            show this help
  -v, --version         show the version

A request asks for another answer with a header:
  Prefer: code=404             what the contract answers with that status
  Prefer: example=middlePage   the contract's example of that name
  Prefer: dynamic=true         values made up from the schema`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split(/[.\n]/);
    return fail(`${reason}. Options: --port, --host, --help, --version.`, 2);
  }
  if (values.help) return print(help);
  if (values.version) return print(packageJson.version);

  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65535)) {
    return fail(`--port takes a number from 0 (any free port) to 65535, not "${values.port}".`, 2);
  }
  if (values.host === "") return fail("--host takes an address, for example 127.0.0.1.", 2);

  // Loading Prism takes a while; --help need not wait for it.
  const { serve } = await import("./serve.ts");
  try {
    return print(await serve(port, values.host));
  } catch (error) {
    return fail(listenError(error, port, values.host), 1);
  }
}

function parse(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", short: "p", default: "4010" },
      host: { type: "string", default: "127.0.0.1" },
      help: { type: "boolean", short: "h", default: false },
      version: { type: "boolean", short: "v", default: false },
    },
  });
  return values;
}

function listenError(error: unknown, port: number, host: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return `port ${port} is taken: choose another with --port, or --port 0 for any free one.`;
  if (code === "EACCES") return `port ${port} is reserved for the system: choose one from 1024 up with --port.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return `"${host}" is no address of this machine: choose one with --host, for example 127.0.0.1.`;
  }
  return message;
}

function print(text: string): number {
  console.log(text);
  return 0;
}

function fail(message: string, exitCode: number): number {
  console.error(`csms-mock: ${message}`);
  return exitCode;
}
