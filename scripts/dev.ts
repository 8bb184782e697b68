// node dev.ts [--port <of the mock>] [--docs-port <number>]
// The mock and the docs. When the contract is edited, all that is made from it is made anew.
import { once } from "node:events";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, styleText } from "node:util";
import { contractFile, pageFile, sourceFolder } from "@csms/docs/src/files.ts";
import { serveLive } from "@csms/docs/src/live.ts";
import { buildPage } from "@csms/docs/src/page.ts";
import { watch } from "chokidar";
import { generateFiles } from "./codegen/generate-files.ts";
import { writeFiles } from "./codegen/write-files.ts";
import { COMMAND } from "./command.ts";
import "./foreground.js";
import { choosePort } from "./dev/choose-port.ts";
import { createDevMock } from "./dev/dev-mock.ts";
import { describeError, findProblem } from "./dev/problems.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const contractName = relative(ROOT, contractFile);
const list = new Intl.ListFormat("en-GB");

const ports = await readPorts().catch((error: Error) => {
  console.error(`${error.message.split(". ")[0]}. See: ${COMMAND} dev --help`);
  process.exit(2);
});
const mock = createDevMock(ports.mock);
const docs = await serveLive(pageFile, ports.docs);

const changed = new Set([contractFile]);
let isUp = false;
const watcher = watch([contractFile, sourceFolder], {
  // What runs here stays as it is until the next start.
  ignored: [join(sourceFolder, "generated"), /\.ts$/],
  ignoreInitial: true,
});
// Only then is no edit missed, not even one that comes while all is made for the first time.
await once(watcher, "ready");
let updating = update();
let timer: NodeJS.Timeout | undefined;
watcher.on("all", (_, path) => {
  changed.add(path);
  // An editor may write in several steps.
  clearTimeout(timer);
  timer = setTimeout(() => {
    updating = updating.then(update);
  }, 50);
});
await updating;

console.log(`
The mock: ${styleText("bold", `http://127.0.0.1:${ports.mock}`)}
The docs: ${styleText("bold", docs.url)}
Edit ${contractName}: types, client, mock and docs follow, and so does a page that is open. Ctrl-C ends it.`);

let isStopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  // Ctrl-C comes from the terminal and from pnpm: once more is no reason to end in the middle.
  process.on(signal, async () => {
    if (isStopping) return;
    isStopping = true;
    console.log("Stopped.");
    docs.close();
    await Promise.all([watcher.close(), mock.close()]);
    process.exit();
  });
}

/** Makes anew what the changed files go into, and tells it in one line. */
async function update(): Promise<void> {
  const paths = [...changed];
  changed.clear();
  if (paths.length === 0) return;
  const started = performance.now();
  const parts: string[] = [];
  try {
    if (paths.includes(contractFile)) {
      const problem = await findProblem(contractFile, contractName);
      if (problem) return refuse(problem);
      const written = await writeFiles(await generateFiles(contractFile));
      await mock.serve(contractFile);
      parts.push(...written.map((path) => path.split("/")[1] ?? path), "mock");
    }
    await buildPage(contractFile, pageFile);
    docs.reload();
    isUp = true;
  } catch (error) {
    return refuse(await describeError(error, contractFile, contractName));
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const names = list.format(paths.map((path) => relative(ROOT, path)));
  tell(`${names}: ${list.format(new Set([...parts, "docs"]))} made anew in ${seconds} s.`);
}

function refuse(problem: string): void {
  const effect = isUp ? "The mock and the docs stay as they were." : "The mock begins when that is mended.";
  tell(`${styleText("red", problem)}\n         ${effect}`);
}

function tell(what: string): void {
  console.log(`${styleText("dim", new Date().toTimeString().slice(0, 8))} ${what}`);
}

async function readPorts(): Promise<{ mock: number; docs: number }> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4010" },
      "docs-port": { type: "string", default: "4020" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(`Options:
  --port <number>       of the mock; when it is taken, the next free one (default: 4010)
  --docs-port <number>  of the docs, likewise (default: 4020)`);
    process.exit();
  }
  return { mock: await choosePort("mock", values.port), docs: await choosePort("docs", values["docs-port"]) };
}
