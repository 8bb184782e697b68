// What a call costs beside bare fetch, and beside other clients of the same contract: figures.md and figures.svg.
import { writeFileSync } from "node:fs";
import { browserSize } from "./bundle.ts";
import { drawChart } from "./chart.ts";
import { describe, type Figures } from "./figures.ts";
import { findMarks, importTime, measure, smallAnswer, startServer, type Task } from "./measure.ts";
import { installPeers, makeClients, setting } from "./peers.ts";
import { rows } from "./rows.ts";

const SECRETS = 100_000;
const listing: Task = { ...smallAnswer, task: "listing", limit: 50, count: SECRETS, rounds: 1 };
const columns: Record<string, Task> = {
  "small answer": smallAnswer,
  "page of 50": { ...smallAnswer, limit: 50, warmUp: 1_000 },
  "64 in flight": { ...smallAnswer, inFlight: 64, warmUp: 2_000 },
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
console.log("bundles and imports …");
const sizes = await Promise.all(rows.map(({ bundle }) => bundle && browserSize(bundle)));
const importTimes: number[] = [];
for (const { modules } of rows) importTimes.push(await importTime(modules, 3));
const server = await startServer();
console.log("calls …");
const results = await measure(
  rows.map(({ name }) => name),
  `${server.url}/${SECRETS}`,
  Object.values(columns),
);
console.log("listings …");
const figures: Figures = { setting: setting(), columns: Object.keys(columns), rows: [], listings: [] };
for (const { limit, items } of listings) {
  for (const count of items) {
    const task = { ...listing, count, limit };
    const [costs = []] = await measure(LISTED, `${server.url}/${count}`, [task], { starts: 1, settle: 0 });
    for (const [index, { cost }] of costs.entries()) {
      figures.listings.push({ name: LISTED[index] ?? "", items: count, limit, cost });
    }
  }
}
server.stop();
figures.rows = rows.map(({ name }, index) => ({
  name,
  marks: marks[index] ?? {},
  results: results.flatMap((column) => column[index] ?? []),
  importTime: importTimes[index] ?? Number.NaN,
  size: sizes[index] || undefined,
}));
const page = describe(figures);
writeFileSync(new URL("figures.md", import.meta.url), page);
writeFileSync(new URL("figures.svg", import.meta.url), drawChart(figures));
console.log(page);
