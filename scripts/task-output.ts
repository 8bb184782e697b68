import { stripVTControlCharacters } from "node:util";

/** What is to be told of a task that has ended. */
export interface Task {
  /** Such as `@csms/client test`; of the root, the task alone. */
  name: string;
  failed: boolean;
  cached: boolean;
  /** All that it said, in its colours. */
  output: string;
  /** How many tests there were, and how long they took. */
  tests: string;
  /** What runs only this: its name, and the test files that failed. */
  parameters: string[];
}

/** Takes a line of turbo's apart: the task that it is of, and what that said. Undefined when it is turbo's own. */
export function splitLine(line: string): { id: string; words: string } | undefined {
  const [, id] = /^([^\s:]+:[^\s:]+): /.exec(stripVTControlCharacters(line)) ?? [];
  return id ? { id, words: line.slice(line.indexOf(": ") + 2) } : undefined;
}

/** Makes sense of all that a task said: turbo's line on the cache, the package manager's on the script, and its own. */
export function readTask(id: string, lines: string[]): Task {
  const plain = lines.map(stripVTControlCharacters);
  const find = (pattern: RegExp) => plain.map((line) => pattern.exec(line)?.[1]).filter((found) => found !== undefined);

  const [packageName = "", task = ""] = id.split(":");
  const isOfRoot = packageName === "//";
  const [count] = find(/^ +Tests +.*\((\d+)\)$/);
  const [duration] = find(/^ +Duration +([\d.]+m?s)\b/);
  const isOwn = (line: string) => !/^cache (hit|miss|bypass), |^> |ELIFECYCLE/.test(line);
  const begin = plain.findIndex((line) => line.trim() && isOwn(line));
  return {
    name: isOfRoot ? task : `${packageName} ${task}`,
    failed: plain.some((line) => line.includes("ELIFECYCLE")),
    cached: plain.some((line) => line.startsWith("cache hit, ")),
    output: lines
      .filter((_, index) => index >= begin && isOwn(plain[index] ?? ""))
      .join("\n")
      .trimEnd(),
    tests: count && duration ? `${count} tests, ${duration}` : "",
    parameters: [isOfRoot ? "run" : `--filter ${packageName}`, task, ...new Set(find(/^ FAIL +(\S+)/))],
  };
}
