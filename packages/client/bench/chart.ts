import type { Figures } from "./figures.ts";

const LABELS = 250;
const PANEL = 170;
const BAR = 150;
const LINE = 22;
const TOP = 64;
/** What is longer is cut off, and says so in numbers. */
const MOST = 2.5;

/** What each row costs as times the first one's, as bars: an SVG that is readable on a light and on a dark page. */
export function drawChart({ columns, rows }: Figures): string {
  const width = LABELS + columns.length * PANEL;
  const height = TOP + rows.length * LINE + 16;
  const text = (x: number, y: number, content: string, classes = "") =>
    `<text x="${x}" y="${y}"${classes && ` class="${classes}"`}>${content.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</text>`;
  const panels = columns.map((column, index) => {
    const left = LABELS + index * PANEL;
    const one = left + BAR / MOST;
    const bars = rows.map(({ name, results }, place) => {
      const { cpu = 0 } = results[index]?.ratio ?? {};
      const top = TOP + place * LINE;
      const length = (Math.min(cpu, MOST) / MOST) * BAR;
      const kind = name.startsWith("@csms/client") ? "ours" : "peer";
      return `<rect x="${left}" y="${top + 3}" width="${length.toFixed(1)}" height="${LINE - 6}" rx="2" class="${kind}"/>
${text(left + 5, top + 15, cpu.toFixed(2), "value")}`;
    });
    return `${text(left, TOP - 12, column, "head")}
${bars.join("\n")}
<path d="M${one} ${TOP - 4}V${height - 12}"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="CPU of a call, as times bare fetch's">
<style>
svg { color-scheme: light dark; font: 13px system-ui, sans-serif }
text { fill: #1f2328 }
.head { font-weight: 600 }
.value { font-size: 11px; fill: #1f2328 }
.ours { fill: #7cc4a0 }
.peer { fill: #c9d1d9 }
path { stroke: #57606a; stroke-dasharray: 3 3 }
@media (prefers-color-scheme: dark) {
text, .value { fill: #e6edf3 }
.ours { fill: #1f6f4a }
.peer { fill: #3d444d }
path { stroke: #9198a1 }
}
</style>
${text(0, 20, "CPU of a call, as times bare fetch's: shorter is better", "head")}
${rows.map(({ name }, place) => text(0, TOP + place * LINE + 15, name)).join("\n")}
${panels.join("\n")}
</svg>
`;
}
