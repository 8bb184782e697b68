// node run-tasks.ts <task…> [options of turbo]
// Runs tasks of all packages: a line for each as it ends, and at the end the whole story of each that failed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import { COMMAND } from "./command.ts";
import { readTask, splitLine, type Task } from "./task-output.ts";

// In groups, so that all that a task said comes when it has ended.
const flags = ["--log-order=grouped", "--output-logs=full", "--continue=dependencies-successful"];
const quiet = { TURBO_TELEMETRY_DISABLED: "1", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
const colours = process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" };

const started = performance.now();
const turbo = fileURLToPath(import.meta.resolve("turbo/bin/turbo"));
const child = spawn(process.execPath, [turbo, "run", ...process.argv.slice(2), ...flags], {
  stdio: ["inherit", "pipe", "pipe"],
  env: { ...process.env, ...quiet, ...colours },
});
const closed = once(child, "close");
const complaints = text(child.stderr);
// Ctrl-C reaches turbo, too, which ends its tasks first.
let stopped = false;
process.on("SIGINT", () => {
  stopped = true;
});

const said = new Map<string, string[]>();
const ending = new Map<string, NodeJS.Timeout>();
const turboSaid: string[] = [];
for await (const line of createInterface({ input: child.stdout })) {
  const { id, words } = splitLine(line) ?? { words: line };
  if (!id) {
    turboSaid.push(words);
    continue;
  }
  said.set(id, [...(said.get(id) ?? []), words]);
  ending.set(id, ending.get(id)?.refresh() ?? setTimeout(showEnd, 50, id));
}
for (const id of ending.keys()) showEnd(id);
const [code] = await closed;
process.exitCode = code ?? 1;

const tasks = [...said].map(([id, lines]) => readTask(id, lines));
const failed = tasks.filter((task) => task.failed);
if (stopped) {
  console.log("Stopped.");
} else if (code !== 0 && failed.length === 0) {
  // Not a task, but turbo itself.
  console.log([...turboSaid, await complaints, ...tasks.map(({ output }) => output)].join("\n"));
} else {
  for (const task of failed) showFailure(task);
  if (!tasks.every(({ cached }) => cached)) console.log(summary());
}

function showEnd(id: string): void {
  clearTimeout(ending.get(id));
  ending.delete(id);
  const { name, failed, cached, tests } = readTask(id, said.get(id) ?? []);
  if (cached) return;
  const mark = failed ? styleText("red", "✗") : styleText("green", "✓");
  console.log(`${mark} ${name.padEnd(28)}${tests}`.trimEnd());
}

function showFailure({ name, output, parameters }: Task): void {
  console.log(`\n${styleText(["red", "bold"], `✗ ${name}`)}\n\n${output}`);
  console.log(`\nOnly this: ${styleText("cyan", [COMMAND, ...parameters].join(" "))}`);
}

function summary(): string {
  const isCached = tasks.filter(({ cached }) => cached).length;
  const cached = isCached > 0 ? `, ${isCached} of them as before` : "";
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (failed.length === 0) return `${count(tasks.length, "task")} passed in ${seconds} s${cached}.`;
  const names = failed.map(({ name }) => name).join(", ");
  return `\n${failed.length} failed: ${names}. Tasks that need them were not run.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
