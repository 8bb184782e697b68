import { markdownTable } from "markdown-table";
import { FEATURES, type Feature, type Mark } from "./features.ts";
import type { Figures } from "./figures.ts";

type Measured = Figures["rows"][number];

/** Which rows a column stands for: the first with a token, the other with AK/SK. */
const COLUMNS: Record<string, { token?: string; signed?: string }> = {
  "@csms/client": { token: "@csms/client, token", signed: "@csms/client, AK/SK" },
  "official SDK's core": { signed: "official SDK's core, AK/SK" },
  "openapi-fetch": { token: "openapi-fetch" },
  "redocly generate-client": { token: "redocly generate-client" },
  "hey-api": { token: "@hey-api/openapi-ts" },
};
const MARKS: Mark[] = ["✓", "asked"];

/** One table of what the clients do, and of what they cost. */
export function compare(rows: Measured[]): string {
  const columns = Object.values(COLUMNS).map(({ token, signed }) => ({
    token: rows.find(({ name }) => name === token),
    signed: rows.find(({ name }) => name === signed),
  }));
  const cpu = (row: Measured | undefined) => row?.results[0]?.ratio.cpu.toFixed(1) ?? "";
  const best = (feature: Feature, measured: (Measured | undefined)[]) =>
    MARKS.find((mark) => measured.some((row) => row?.marks[feature] === mark)) ?? "–";
  const line = (label: string, cell: (column: (typeof columns)[number]) => string) => [label, ...columns.map(cell)];
  const features = Object.entries(FEATURES) as [Feature, string][];
  return markdownTable(
    [
      ["", ...Object.keys(COLUMNS)],
      ...features.map(([feature, meaning]) => line(meaning, ({ token, signed }) => best(feature, [token, signed]))),
      line("CPU of a call, as times that of bare `fetch`", ({ token }) => cpu(token)),
      line("… of a signed call", ({ signed }) => cpu(signed)),
      line("Import, ms", ({ token, signed }) => (token ?? signed)?.importTime.toFixed(1) ?? ""),
      line("Browser's bundle, bytes", ({ token, signed }) => (token ?? signed)?.size?.toLocaleString("en") ?? ""),
    ],
    { align: ["l", ...columns.map(() => "c")] },
  );
}
