// The report as a chart: a line for each engine over the number of rules, both axes logarithmic. Plain SVG.
import type { BenchReport } from "./bench-report.ts";
import { printTime } from "./bench-report.ts";

const WIDTH = 900;
const HEIGHT = 520;
const LEFT = 70;
const RIGHT = 300;
const TOP = 20;
const BOTTOM = 40;
const COLOURS = ["#1b6ca8", "#c0392b", "#27806b", "#8e5aa8", "#b9770e", "#5d6d7e", "#1a7f37", "#a0522d"];

export function chartOf({ rows }: BenchReport): string {
  const spread = rows.filter(({ requests }) => requests === "spread");
  const sizes = [...new Set(spread.map(({ rules }) => rules))].sort((left, right) => left - right);
  const times = spread.map(({ ns }) => Math.log10(ns));
  const [low, high] = [Math.floor(Math.min(...times)), Math.ceil(Math.max(...times))];
  const x = (size: number): number =>
    LEFT + (sizes.indexOf(size) / Math.max(1, sizes.length - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (ns: number): number =>
    HEIGHT - BOTTOM - ((Math.log10(ns) - low) / Math.max(1, high - low)) * (HEIGHT - TOP - BOTTOM);
  const grid = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)).map(
    (ns) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(ns)}" y2="${y(ns)}" stroke="#ddd"/><text x="${LEFT - 8}" y="${y(ns) + 4}" text-anchor="end">${printTime(ns)}</text>`,
  );
  const ticks = sizes.map(
    (size) =>
      `<text x="${x(size)}" y="${HEIGHT - 14}" text-anchor="middle">${size.toLocaleString("en")} rules</text>`,
  );
  const engines = [...new Map(spread.map(({ engine, label }) => [engine, label]))];
  const lines = engines.map(([engine, label], index) => {
    const colour = COLOURS[index % COLOURS.length] ?? "#000";
    const dash = index >= COLOURS.length ? ' stroke-dasharray="5 3"' : "";
    const own = spread.filter((row) => row.engine === engine);
    const points = own.map(({ rules, ns }) => `${x(rules).toFixed(1)},${y(ns).toFixed(1)}`).join(" ");
    const legend = TOP + 16 + index * 22;
    return `<polyline fill="none" stroke="${colour}" stroke-width="2"${dash} points="${points}"/>
<line x1="${WIDTH - RIGHT + 16}" x2="${WIDTH - RIGHT + 36}" y1="${legend - 4}" y2="${legend - 4}" stroke="${colour}" stroke-width="2"${dash}/><text x="${WIDTH - RIGHT + 42}" y="${legend}">${escapeXml(label)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11" fill="#333">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${[...grid, ...ticks, ...lines].join("\n")}
</svg>
`;
}

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
