import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { distance } from "fastest-levenshtein";
import packageJson from "../package.json" with { type: "json" };
import { toFlag, toOptionName } from "./flags.ts";
import { help } from "./help.ts";
import { toListenError } from "./listen-error.ts";
import { type Given, type ListenOptions, readData, readOptions, type Settings } from "./options.ts";

const options = {
  port: { type: "string", short: "p", default: "4010" },
  host: { type: "string" },
  secrets: { type: "string" },
  data: { type: "string" },
  versions: { type: "string" },
  seed: { type: "string" },
  "repeat-marker": { type: "boolean" },
  "marker-on-last-page": { type: "boolean" },
  "max-limit": { type: "string" },
  verify: { type: "boolean" },
  "token-life": { type: "string" },
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
  let dataFile: string | undefined;
  try {
    const { help: wantsHelp, version, data, verify, ...values } = parse(args);
    if (wantsHelp) return print(help);
    if (version) return print(packageJson.version);
    const given = Object.entries(values).map(([flag, value]) => [toOptionName(flag), value]);
    const options = { ...Object.fromEntries(given), ...(verify && { verify: readKey(process.env) }) };
    dataFile = data;
    settings = readOptions({ ...(data !== undefined && readDataFile(data, options)), ...options }, toFlag);
  } catch (error) {
    return fail(messageOf(error), 2);
  }

  // Who reads the log may go first, as `head` does.
  process.stdout.on("error", () => process.exit());
  // Loading Prism takes a while; --help need not wait for it.
  const { serve } = await import("./serve.ts");
  try {
    return print(await serve(settings));
  } catch (thrown) {
    const error = toListenError(thrown, settings.host, "--host");
    if (!(error instanceof RangeError)) return fail(listenError(error, settings), 1);
    const place = error === thrown && dataFile !== undefined ? `--data ${dataFile}: ` : "";
    return fail(place + error.message, 2);
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const message = messageOf(error);
    // A value is missing, or begins with a dash: tell what is allowed.
    const [, flag] = /^Option '(?:-\w, )?--([\w-]+).* argument (?:missing|is ambiguous)/.exec(message) ?? [];
    if (flag && flag !== "data") {
      const value = args[args.findIndex((arg) => arg === `--${flag}` || arg === `-${flag[0]}`) + 1] ?? "";
      readOptions({ [toOptionName(flag)]: value }, toFlag);
    }
    const [reason] = message.split(/[.\n]/);
    const names = Object.keys(options);
    const [, unknown] = /^Unknown option '--([\w-]+)'/.exec(message) ?? [];
    const meant = unknown && names.find((name) => distance(name, unknown) <= 2);
    const hint = meant ? `Did you mean ${toFlag(meant)}?` : `Options: ${names.map(toFlag).join(", ")}.`;
    throw new RangeError(`${reason}. ${hint}`);
  }
}

/** What a file holds, as `mock.set` takes it. Prism checks the secrets. */
function readDataFile(file: string, { secrets }: Given<ListenOptions>): Given<ListenOptions> {
  if (secrets !== undefined) throw new RangeError("--data and --secrets exclude each other: leave one out.");
  if (!file) throw new RangeError('--data takes the path of a JSON file, for example secrets.json, not "".');
  try {
    // Some editors begin a file with a byte order mark, which is no JSON.
    return readData(JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, "")));
  } catch (error) {
    throw new RangeError(`--data ${file}${fileFault(error, file)}`);
  }
}

function fileFault(error: unknown, file: string): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof SyntaxError) return ` is no JSON: ${message}.`;
  if (code === "ENOENT") return `: there is no file ${resolve(file)}.`;
  if (code === "EISDIR") return " is a folder: name the JSON file in it.";
  return `: ${message}`;
}

function readKey({ HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_SECURITY_TOKEN }: NodeJS.ProcessEnv) {
  if (!HUAWEICLOUD_SDK_AK || !HUAWEICLOUD_SDK_SK) {
    throw new RangeError("--verify needs a key: set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK.");
  }
  return {
    accessKeyId: HUAWEICLOUD_SDK_AK,
    secretAccessKey: HUAWEICLOUD_SDK_SK,
    ...(HUAWEICLOUD_SDK_SECURITY_TOKEN && { securityToken: HUAWEICLOUD_SDK_SECURITY_TOKEN }),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function listenError(error: unknown, { port }: Settings): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return `port ${port} is taken: choose another with --port, or --port 0 for any free one.`;
  if (code === "EACCES") return `port ${port} is reserved for the system: choose one from 1024 up with --port.`;
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
