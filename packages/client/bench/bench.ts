// What a call costs beside bare fetch, and beside other clients of the same contract: figures.md and figures.svg.
import { writeFileSync } from "node:fs";
import { browserSize } from "./bundle.ts";
import { drawChart } from "./chart.ts";
import { describe, type Figures } from "./figures.ts";
import { findMarks, importTime, measure, smallAnswer, startServer, type Task } from "./measure.ts";
import { installPeers, makeClients, setting } from "./peers.ts";
import { rows } from "./rows.ts";

const listing: Task = {
  ...smallAnswer,
  task: "listing",
  secrets: 100_000,
  limit: 50,
  count: 100_000,
  warmUp: 0,
  rounds: 1,
};
const columns: Record<string, Task> = {
  "small answer": smallAnswer,
  "page of 50": { ...smallAnswer, limit: 50 },
  "64 in flight": { ...smallAnswer, inFlight: 64 },
  "listing 100,000": listing,
};
const listings = [
  { limit: 50, items: [10_000, 100_000, 1_000_000] },
  { limit: 1_000, items: [100_000] },
];
const LISTED = ["fetch", "@csms/client, token"];

installPeers();
await makeClients();
console.log("what each does …");
const marks = await findMarks();
const sizes = await Promise.all(rows.map(({ bundle }) => bundle && browserSize(bundle)));
const importTimes: number[] = [];
for (const { modules } of rows) importTimes.push(await importTime(modules, 7));
const server = await startServer();
const names = rows.map(({ name }) => name);
const results: Figures["rows"][number]["results"][] = names.map(() => []);
for (const [column, task] of Object.entries(columns)) {
  console.log(`${column} …`);
  for (const [index, result] of (await measure(names, server.url, task)).entries()) results[index]?.push(result);
}
const figures: Figures = { setting: setting(), columns: Object.keys(columns), rows: [], listings: [] };
for (const { limit, items } of listings) {
  for (const count of items) {
    const costs = await measure(LISTED, server.url, { ...listing, secrets: count, count, limit, starts: 1 });
    for (const [index, { cost }] of costs.entries()) {
      figures.listings.push({ name: LISTED[index] ?? "", items: count, limit, cost });
    }
  }
}
server.stop();
figures.rows = rows.map(({ name }, index) => ({
  name,
  marks: marks[index] ?? {},
  results: results[index] ?? [],
  importTime: importTimes[index] ?? Number.NaN,
  size: sizes[index] || undefined,
}));
const page = describe(figures);
writeFileSync(new URL("figures.md", import.meta.url), page);
writeFileSync(new URL("figures.svg", import.meta.url), drawChart(figures));
console.log(page);
