import { markdownTable } from "markdown-table";
import type { Cost } from "./child.ts";
import { compare } from "./compare.ts";
import { FEATURES, type Feature, type Marks } from "./features.ts";
import { protocol, type Ratio, type Result, smallAnswer } from "./measure.ts";

/** What was measured, ready to be shown. */
export interface Figures {
  /** The machine, and the versions of what was measured. */
  setting: string[];
  columns: string[];
  rows: {
    name: string;
    marks: Marks;
    /** Of each column. */
    results: Result[];
    /** Of its modules, in milliseconds. */
    importTime: number;
    /** Of a browser's bundle, in bytes: minified and compressed. */
    size: number | undefined;
  }[];
  /** Listings, of how many items, and what each cost. */
  listings: { name: string; items: number; limit: number; cost: Cost }[];
}

const number = (value: number, digits = 2) => value.toFixed(digits);
const count = (value: number) => value.toLocaleString("en");
const table = (head: string[], body: string[][]) =>
  markdownTable([head, ...body], { align: head.map((_, index) => (index === 0 ? "l" : "r")) });

/** The figures as a page that a person reads. */
export function describe({ setting, columns, rows, listings }: Figures): string {
  const ratios = (key: keyof Ratio) =>
    table(
      ["", ...columns],
      rows.map(({ name, results }) => [name, ...results.map(({ ratio }) => number(ratio[key]))]),
    );
  const fetchCost = rows[0]?.results[0]?.cost.cpu ?? Number.NaN;
  const rest = table(
    ["", "CPU, µs", "memory, MiB", "import, ms", "bundle, bytes"],
    rows.map(({ name, results, importTime, size }) => [
      name,
      number((results[0]?.ratio.cpu ?? Number.NaN) * fetchCost, 0),
      number(results.at(-1)?.cost.memory ?? Number.NaN, 0),
      number(importTime, 1),
      size ? count(size) : "",
    ]),
  );
  const features = Object.keys(FEATURES) as Feature[];
  const marks = table(
    ["", ...features],
    rows.map(({ name, marks }) => [name, ...features.map((feature) => marks[feature] ?? "–")]),
  );
  const items = table(
    ["", "items", "limit", "seconds", "CPU, seconds", "memory, MiB"],
    listings.map(({ name, items, limit, cost }) => [
      name,
      count(items),
      count(limit),
      number((cost.time * items) / 1e6),
      number((cost.cpu * items) / 1e6),
      number(cost.memory, 0),
    ]),
  );
  return `# What a call costs

${setting.map((line) => `- ${line}`).join("\n")}

Each row in a process of its own, the server in another, turn by turn, every answer looked at. A turn is ${smallAnswer.count} calls after ${smallAnswer.leadIn} that do not count, or one listing; before its first one, a process has made ${count(protocol.settle)} small calls, until which the engine is still compiling. A row's figure is divided by that of \`fetch\` in the same round; shown is the median of all rounds, of ${protocol.starts} starts. Between two runs, half of the figures still differ by a tenth or more, and one in ten by three tenths.

## CPU, user's and system's, as times that of bare \`fetch\`

${ratios("cpu")}

## Time, as times that of bare \`fetch\`

${ratios("time")}

## What else it costs

CPU is a small answer's, by its ratio above; memory is the most that the process has had, after all four columns.

${rest}

## What each does

Each row calls a service that misbehaves, and what happens is looked at. ✓: as it comes. *asked*: with options of its own, set once for all calls. –: left to the caller.

${marks}

${Object.entries(FEATURES)
  .map(([feature, meaning]) => `- *${feature}*: ${meaning}.`)
  .join("\n")}

## How it compares

${compare(rows)}

## Listings

One run each, in a new process, after a hundred calls.

${items}
`;
}
