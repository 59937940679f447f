// The report as a chart in plain SVG: a line for each engine over the number of rules, both axes logarithmic, each line named at
// its end. It has no background of its own and colours that are legible on light and dark pages.
import { rowsOf, sizesOf, type BenchReport, type BenchRow } from "./bench-report.ts";
import { printTime } from "./print-time.ts";

const WIDTH = 840;
const HEIGHT = 460;
const LEFT = 64;
const RIGHT = 264;
const TOP = 14;
const BOTTOM = 34;
/** Least distance of two names, in pixels. */
const LINE_HEIGHT = 15;
const TEXT = "#768390";
const AEGIS = "#2da44e";
const LIMIT = "#8b949e";
const PEERS = [
  "#d1702c",
  "#3b82d6",
  "#a26bd6",
  "#c94f7c",
  "#b08800",
  "#2f9c95",
  "#b8574f",
  "#6e7fd6",
  "#8a9a3b",
];

interface Line {
  readonly name: string;
  readonly colour: string;
  readonly width: number;
  readonly dash: string;
  readonly rows: readonly BenchRow[];
}

/** What the chart shows, by short names; the tables show all. */
const SHOWN: ReadonlyMap<string, string> = new Map([
  ["hand", "hand-written interpreter"],
  ["aegis", "Aegis, validated object"],
  ["aegis-text", "Aegis, JSON bytes"],
  ["cel-js", "cel-js + index"],
  ["bufbuild-cel", "bufbuild/cel + index"],
  ["opa-wasm", "OPA WASM, code"],
  ["opa-wasm-data", "OPA WASM, data"],
  ["casbin", "casbin"],
  ["cedar", "cedar-wasm"],
  ["json-rules-engine", "json-rules-engine"],
  ["opa-server", "OPA server, HTTP"],
  ["cerbos", "Cerbos server, gRPC"],
]);

export function chartOf(report: BenchReport): string {
  const spread = rowsOf(report, "spread").filter(({ engine }) => SHOWN.has(engine));
  const sizes = sizesOf(spread);
  const powers = spread.map(({ ns }) => Math.log10(ns));
  const [low, high] = [Math.floor(Math.min(...powers)), Math.ceil(Math.max(...powers))];
  const x = (size: number): number =>
    LEFT + (sizes.indexOf(size) / Math.max(1, sizes.length - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (ns: number): number =>
    HEIGHT - BOTTOM - ((Math.log10(ns) - low) / Math.max(1, high - low)) * (HEIGHT - TOP - BOTTOM);

  const grid = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index)).map(
    (ns) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(ns)}" y2="${y(ns)}" stroke="${TEXT}" stroke-opacity="0.3"/>` +
      `<text x="${LEFT - 8}" y="${y(ns) + 4}" text-anchor="end">${printTick(ns)}</text>`,
  );
  const ticks = sizes.map(
    (size) =>
      `<text x="${x(size)}" y="${HEIGHT - 10}" text-anchor="middle">${size.toLocaleString("en")} rules</text>`,
  );
  const lines = linesOf(spread);
  const ends = lines.flatMap((line) => {
    const last = line.rows.at(-1);
    return last === undefined ? [] : [{ line, at: y(last.ns), x: x(last.rules), ns: last.ns }];
  });
  const names = apart(ends).map(({ line, at, x: end, ns, place }) => {
    const from = WIDTH - RIGHT + 22;
    return (
      `<path d="M${end + 4} ${at.toFixed(1)}L${from - 4} ${place.toFixed(1)}" stroke="${line.colour}" stroke-opacity="0.5" stroke-dasharray="2 3" fill="none"/>` +
      `<text x="${from}" y="${(place + 4).toFixed(1)}" fill="${line.colour}"${line.width > 2 ? ' font-weight="600"' : ""}>${escapeXml(line.name)} · ${printTime(ns)}</text>`
    );
  });
  const curves = lines.map(({ rows, colour, width, dash }) => {
    const points = rows.map(({ rules, ns }) => `${x(rules).toFixed(1)},${y(ns).toFixed(1)}`);
    const dots = points.map((point) => {
      const [cx = "", cy = ""] = point.split(",");
      return `<circle cx="${cx}" cy="${cy}" r="${width + 0.5}" fill="${colour}"/>`;
    });
    return `<polyline fill="none" stroke="${colour}" stroke-width="${width}"${dash} points="${points.join(" ")}"/>${dots.join("")}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="${TEXT}">
<title>Median time of a decision by the number of rules, both on logarithmic scales</title>
${[...grid, ...ticks, ...curves, ...names].join("\n")}
</svg>
`;
}

/** The rows of an engine, from few rules to many. */
function linesOf(rows: readonly BenchRow[]): readonly Line[] {
  const engines = [...new Set(rows.map(({ engine }) => engine))];
  let peers = 0;
  return engines.map((engine) => {
    const own = engine.startsWith("aegis");
    const limit = engine === "hand";
    return {
      name: SHOWN.get(engine) ?? engine,
      colour: own ? AEGIS : limit ? LIMIT : (PEERS[peers++ % PEERS.length] ?? TEXT),
      width: own ? 3 : 1.5,
      dash: engine === "aegis-text" || limit ? ' stroke-dasharray="5 3"' : "",
      rows: rows.filter((row) => row.engine === engine).sort((one, other) => one.rules - other.rules),
    };
  });
}

/** Places for names, each near the end of its line and none on another. */
function apart<End extends { readonly at: number }>(
  ends: readonly End[],
): readonly (End & { readonly place: number })[] {
  const sorted = [...ends].sort((one, other) => one.at - other.at);
  const places: number[] = [];
  // From above to below, then back up from the lower edge.
  sorted.forEach(({ at }, index) =>
    places.push(Math.max(at, (places[index - 1] ?? -Infinity) + LINE_HEIGHT)),
  );
  for (let index = places.length - 1, edge = HEIGHT - BOTTOM; index >= 0; index--) {
    places[index] = Math.min(places[index] ?? edge, edge);
    edge = (places[index] ?? edge) - LINE_HEIGHT;
  }
  return sorted.map((end, index) => ({ ...end, place: places[index] ?? end.at }));
}

/** A power of ten. */
function printTick(ns: number): string {
  if (ns < 1_000) return `${String(ns)} ns`;
  return ns < 1_000_000 ? `${String(ns / 1_000)} µs` : `${String(ns / 1_000_000)} ms`;
}

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
