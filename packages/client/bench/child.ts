// One row, in a process of its own: it does what it is told, looks at every answer, and tells what that cost.
import { type Connection, rows } from "./rows.ts";
import { indexOf } from "./secrets.ts";

/** What a process is told to do: so many calls, or one listing, of pages of a size. */
export interface Order {
  task: "calls" | "listing";
  /** Of the calls, or of the listing's items. */
  count: number;
  limit: number;
  /** How many calls are under way at a time. */
  inFlight: number;
  /** How many calls go before what counts: who has waited finds its memory cold. */
  leadIn: number;
}

type Work = Omit<Order, "task" | "leadIn">;

/** What it cost. */
export interface Cost {
  /** Microseconds of a processor, user's and system's. */
  cpu: number;
  /** Microseconds. */
  time: number;
  /** The most memory that the process has had, in MiB. */
  memory: number;
}

const [, , name, endpoint = ""] = process.argv;
const connection = await rows.find((row) => row.name === name)?.connect(endpoint);
if (!connection) throw new Error(`no row is called ${name}`);

const tasks = { calls, listing };
process.on("message", async ({ task, leadIn, ...order }: Order) => {
  await calls(connection, { ...order, count: leadIn });
  const cpu = process.cpuUsage();
  const began = performance.now();
  await tasks[task](connection, order);
  const time = (performance.now() - began) * 1000;
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({ cpu: user + system, time, memory: process.resourceUsage().maxRSS / 1024 } satisfies Cost);
});
process.send?.("ready");

async function calls({ getPage }: Connection, { count, limit, inFlight }: Work): Promise<void> {
  let left = count;
  async function callInTurn(): Promise<void> {
    while (left-- > 0) {
      const { secrets } = await getPage({ limit });
      if (secrets.length !== limit || indexOf(`${secrets.at(-1)?.name}`) !== limit - 1)
        throw new Error("a wrong answer");
    }
  }
  await Promise.all(Array.from({ length: inFlight }, callInTurn));
}

async function listing({ getPage, readAll }: Connection, { count, limit }: Work): Promise<void> {
  let read = 0;
  const look = ({ name }: { name: string }) => {
    if (indexOf(name) !== read++) throw new Error(`${name} is out of its place`);
  };
  if (readAll) {
    for await (const secret of readAll({ limit })) look(secret);
  } else {
    for (let marker: string | null | undefined = ""; marker != null; ) {
      const { secrets, page_info } = await getPage({ limit, ...(marker && { marker }) });
      for (const secret of secrets) look(secret);
      marker = page_info.next_marker;
    }
  }
  if (read !== count) throw new Error(`${read} secrets of ${count}`);
}
