import { parseArgs } from "node:util";
import packageJson from "../package.json" with { type: "json" };
import { toFlag, toOptionName } from "./flags.ts";
import { readOptions, type Settings } from "./options.ts";

const help = `Usage: csms-mock [options]

A mock of Huawei Cloud's Secret Management Service (CSMS) metadata API, for tests with no cloud account.
It answers with the contract's examples, or with --secrets as a small CSMS that holds as many.
It tells what is wrong with a request that breaks the contract.

Where it listens:
  -p, --port <number>         where to listen; 0 takes any free port (default: 4010)
      --host <address>        who can reach it: 127.0.0.1 is this machine only, 0.0.0.0 everybody (default: 127.0.0.1)

What it holds:
      --secrets <number>      how many secrets; a million start as fast as one
      --versions <number>     how many versions each secret has, from 1 to 20 (default: 1 to 20, mostly few)
      --seed <number>         the same seed makes the same secrets, and the same trouble (default: 1)

What real servers do differently:
      --repeat-marker         a page begins with the marker's own item
      --marker-on-last-page   the last page carries a next_marker, too
      --max-limit <number>    a page carries no more, however large the limit: from 50 to 1000

Trouble:
      --latency <ms>          hold back each answer: 100, or a random time: 50-200
      --fail <status:chance>  fail with a status: 503:0.1 is one request in ten; can be repeated
      --throttle <number>     serve so many requests in a second; the others get 429 with Retry-After
      --reset <chance>        reset the connection instead of answering
      --truncate <chance>     end the connection halfway through the body
      --expire-tokens-after <number>  so many requests, then the token gets 401

  -h, --help                  show this help
  -v, --version               show the version

A request asks for another answer with a header:
  Prefer: code=404             what the contract answers with that status
  Prefer: example=middlePage   the contract's example of that name
  Prefer: dynamic=true         values made up from the schema`;

const options = {
  port: { type: "string", short: "p", default: "4010" },
  host: { type: "string" },
  secrets: { type: "string" },
  versions: { type: "string" },
  seed: { type: "string" },
  "repeat-marker": { type: "boolean" },
  "marker-on-last-page": { type: "boolean" },
  "max-limit": { type: "string" },
  latency: { type: "string" },
  fail: { type: "string", multiple: true },
  throttle: { type: "string" },
  reset: { type: "string" },
  truncate: { type: "string" },
  "expire-tokens-after": { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  let settings: Settings;
  try {
    const { help: wantsHelp, version, ...values } = parse(args);
    if (wantsHelp) return print(help);
    if (version) return print(packageJson.version);
    const given = Object.entries(values).map(([flag, value]) => [toOptionName(flag), value]);
    settings = readOptions(Object.fromEntries(given), toFlag);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error), 2);
  }

  // Loading Prism takes a while; --help need not wait for it.
  const { serve } = await import("./serve.ts");
  try {
    return print(await serve(settings));
  } catch (error) {
    return fail(listenError(error, settings), 1);
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // A value is missing, or begins with a dash: tell what is allowed.
    const [, flag] = /^Option '(?:-\w, )?--([\w-]+).* argument (?:missing|is ambiguous)/.exec(message) ?? [];
    if (flag) {
      const value = args[args.findIndex((arg) => arg === `--${flag}` || arg === `-${flag[0]}`) + 1] ?? "";
      readOptions({ [toOptionName(flag)]: value }, toFlag);
    }
    const [reason] = message.split(/[.\n]/);
    throw new RangeError(`${reason}. Options: ${Object.keys(options).map(toFlag).join(", ")}.`);
  }
}

function listenError(error: unknown, { port, host }: Settings): string {
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
