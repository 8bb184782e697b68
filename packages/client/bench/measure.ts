import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Cost, Order } from "./child.ts";
import type { Marks } from "./features.ts";

export interface Task extends Order {
  /** How many secrets the service has. */
  secrets: number;
  /** How often the processes are started anew: two of the same code differ by a fifth. */
  starts: number;
  /** Of each process. */
  rounds: number;
  /** How many calls, or items, go before what counts. */
  warmUp: number;
}

/** Many short turns: what slows a machine down for a while then slows all rows, and no median. */
export const smallAnswer: Task = {
  task: "calls",
  secrets: 1_000,
  limit: 1,
  inFlight: 1,
  warmUp: 1_500,
  count: 100,
  rounds: 20,
  starts: 3,
};

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

/** Gives rows a task: each in processes of its own, in turns, round after round. */
export async function measure(names: string[], server: string, task: Task): Promise<Result[]> {
  const { secrets, starts, rounds, warmUp, ...order } = task;
  const costs: Cost[][] = names.map(() => []);
  for (let started = 0; started < starts; started++) {
    const children = names.map((name) => start("child.ts", name, `${server}/${secrets}`));
    try {
      await Promise.all(children.map((child) => once(child, "message")));
      for (let round = warmUp > 0 ? -1 : 0; round < rounds; round++) {
        for (const [index, child] of children.entries()) {
          const cost = await ask(child, round < 0 ? { ...order, count: warmUp } : order);
          if (round >= 0) costs[index]?.push(cost);
        }
      }
    } finally {
      for (const child of children) child.kill();
    }
  }
  return costs.map((all) => {
    const ratioOf = (key: keyof Ratio) =>
      median(all.map((cost, round) => cost[key] / (costs[0]?.[round]?.[key] ?? NaN)));
    const costOf = (key: keyof Ratio) => median(all.map((cost) => cost[key])) / order.count;
    return {
      ratio: { cpu: ratioOf("cpu"), time: ratioOf("time") },
      cost: { cpu: costOf("cpu"), time: costOf("time"), memory: median(all.map(({ memory }) => memory)) },
    };
  });
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
  const file = fileURLToPath(new URL("find-features.ts", import.meta.url));
  const child = watch(fork(file, { stdio: ["ignore", "ignore", "inherit", "ipc"] }), file);
  const [marks] = await once(child, "message");
  return marks;
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function start(file: string, ...parameters: string[]): ChildProcess {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), parameters);
  return watch(child, `${file} ${parameters.join(" ")}`);
}

function watch(child: ChildProcess, name: string): ChildProcess {
  // Why stands above it.
  return child.once("exit", (status) => {
    if (status) throw new Error(`${name} failed`);
  });
}

async function ask(child: ChildProcess, order: Order): Promise<Cost> {
  child.send(order);
  const [cost] = await once(child, "message");
  return cost;
}
