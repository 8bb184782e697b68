import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Cost, Order } from "./child.ts";
import type { Mark, Marks } from "./features.ts";

/** What is measured: turns of the same order, round after round. */
export interface Task extends Order {
  /** Of each process. */
  rounds: number;
  /** How many calls of its kind a process makes before its first turn: its connections are open then. */
  warmUp: number;
}

/** How often, and after what, rows are measured. */
interface Protocol {
  /** How often the processes are started anew: two of the same code differ. */
  starts: number;
  /** How many small calls each process makes before all tasks: until then, the engine is still compiling. */
  settle: number;
}

/** A turn is long enough to hold its share of garbage collections, which cost a short one as much as all its calls. */
export const smallAnswer: Task = {
  task: "calls",
  limit: 1,
  inFlight: 1,
  leadIn: 50,
  count: 400,
  warmUp: 0,
  rounds: 6,
};

export const protocol: Protocol = { starts: 2, settle: 15_000 };

/** What a row costs as times the first row's, in the same round: the median of all rounds. */
export interface Ratio {
  cpu: number;
  time: number;
}

export interface Result {
  ratio: Ratio;
  /** The median, a call or an item. */
  cost: Cost;
}

/** A server in a process of its own. */
export async function startServer(): Promise<{ url: string; stop: () => void }> {
  const child = start("server.ts");
  const [url] = await once(child, "message");
  return { url, stop: () => child.kill() };
}

/** Gives rows tasks, each row in a process of its own, turn by turn, round after round. What each task cost each row. */
export async function measure(
  names: string[],
  endpoint: string,
  tasks: Task[],
  { starts, settle }: Protocol = protocol,
): Promise<Result[][]> {
  const turns: Turn[] = [];
  for (let started = 0; started < starts; started++) {
    const children = names.map((name) => start("child.ts", name, endpoint));
    try {
      await Promise.all(children.map((child) => once(child, "message")));
      const settling = children.values();
      const settleEach = async () => {
        for (const child of settling) await ask(child, { ...smallAnswer, count: settle });
      };
      await Promise.all(Array.from({ length: availableParallelism() }, settleEach));
      for (const task of tasks) turns.push(...(await takeTurns(names, children, task)));
    } finally {
      for (const child of children) child.kill();
    }
  }
  return tasks.map((task) =>
    names.map((name) => summarise(turns.filter((turn) => turn.task === task && turn.name === name))),
  );
}

interface Turn {
  task: Task;
  name: string;
  cost: Cost;
  /** What the first row's turn cost in the same round. */
  first: Cost;
}

async function takeTurns(names: string[], children: ChildProcess[], task: Task): Promise<Turn[]> {
  const { rounds, warmUp, ...order } = task;
  const turns: Turn[] = [];
  if (warmUp > 0) for (const child of children) await ask(child, { ...order, count: warmUp });
  for (let round = 0; round < rounds; round++) {
    // Who comes after whom changes: a turn finds the caches as the one before left them.
    const isBackwards = round % 2 > 0;
    const costs: Cost[] = [];
    for (const child of isBackwards ? children.toReversed() : children) costs.push(await ask(child, order));
    if (isBackwards) costs.reverse();
    for (const [place, cost] of costs.entries()) {
      turns.push({ task, name: names[place] ?? "", cost, first: costs[0] ?? cost });
    }
  }
  return turns;
}

function summarise(turns: Turn[]): Result {
  const ratioOf = (key: keyof Ratio) => median(turns.map(({ cost, first }) => cost[key] / first[key]));
  const costOf = (key: keyof Cost) => median(turns.map(({ cost }) => cost[key]));
  const count = turns[0]?.task.count ?? Number.NaN;
  return {
    ratio: { cpu: ratioOf("cpu"), time: ratioOf("time") },
    cost: { cpu: costOf("cpu") / count, time: costOf("time") / count, memory: costOf("memory") },
  };
}

/** How long a process takes to import modules, in milliseconds: the median of several. */
export async function importTime(modules: string[], rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const child = start("import.ts", ...modules);
    const [time] = await once(child, "message");
    times.push(time);
  }
  return median(times);
}

/** What each row does. */
export async function findMarks(): Promise<Marks[]> {
  // Each in a process of its own: clients that are made by a generator keep their options in the module.
  const [byDefault, asked] = await Promise.all([findFeatures("✓"), findFeatures("asked")]);
  return byDefault.map((marks, row) => ({ ...asked[row], ...marks }));
}

async function findFeatures(mark: Mark): Promise<Marks[]> {
  const file = fileURLToPath(new URL("find-features.ts", import.meta.url));
  const child = watch(fork(file, [mark], { stdio: ["ignore", "ignore", "inherit", "ipc"] }), file);
  const [marks] = await once(child, "message");
  return marks;
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (place: number) => sorted[Math.floor(place)] ?? Number.NaN;
  return (at((values.length - 1) / 2) + at(values.length / 2)) / 2;
}

function start(file: string, ...parameters: string[]): ChildProcess {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), parameters);
  return watch(child, `${file} ${parameters.join(" ")}`);
}

function watch(child: ChildProcess, name: string): ChildProcess {
  // Why stands above it.
  return child.once("exit", (status) => {
    if (status !== 0 && !child.killed) throw new Error(`${name} failed`);
  });
}

async function ask(child: ChildProcess, order: Order): Promise<Cost> {
  child.send(order);
  const [cost] = await once(child, "message");
  return cost;
}
