// Coverage of rules and conditions as lcov and Cobertura.
import { coveragePercent, type Coverage, type FileCoverage } from "@aegis/conformance";
import type { SourceFile } from "@aegis/compiler";
import { xml } from "./escape.ts";

interface Lines {
  /** One-based line to number of times that its rule matched; on lines with conditions only, how often one went its way. */
  readonly hits: ReadonlyMap<number, number>;
  /** One-based line to counts of its conditions, both ways. */
  readonly branches: ReadonlyMap<number, readonly number[]>;
}

function linesOf(file: FileCoverage, source: SourceFile | undefined): Lines {
  const line = (offset: number): number => (source?.positionAt(offset).line ?? 0) + 1;
  const hits = new Map<number, number>();
  const branches = new Map<number, number[]>();
  for (const rule of file.rules) {
    const at = line(rule.span.start);
    hits.set(at, (hits.get(at) ?? 0) + rule.matched);
    for (const condition of rule.conditions) {
      const place = line(condition.span.start);
      branches.set(place, [...(branches.get(place) ?? []), condition.held, condition.failed]);
    }
  }
  for (const [at, counts] of branches) if (!hits.has(at)) hits.set(at, Math.max(...counts));
  return { hits, branches };
}

export function writeLcov(coverage: Coverage, sources: ReadonlyMap<string, SourceFile>): string {
  const out: string[] = [];
  for (const file of coverage.files) {
    const { hits, branches } = linesOf(file, sources.get(file.file));
    out.push("TN:", `SF:${file.file.replace(/[\r\n]/g, "?")}`);
    for (const [line, counts] of [...branches].sort(([a], [b]) => a - b)) {
      counts.forEach((count, index) => out.push(`BRDA:${line},${index >> 1},${index & 1},${count}`));
    }
    const all = [...branches.values()].flat();
    out.push(`BRF:${all.length}`, `BRH:${all.filter((each) => each > 0).length}`);
    for (const [line, count] of [...hits].sort(([a], [b]) => a - b)) out.push(`DA:${line},${count}`);
    out.push(
      `LF:${hits.size}`,
      `LH:${[...hits.values()].filter((each) => each > 0).length}`,
      "end_of_record",
    );
  }
  return `${out.join("\n")}\n`;
}

/** The counts that the DTD asks for on the whole. */
function totalsOf(files: readonly Lines[]): string {
  const covered = (counts: readonly number[]): number => counts.filter((each) => each > 0).length;
  const lines = files.flatMap(({ hits }) => [...hits.values()]);
  const branches = files.flatMap((file) => [...file.branches.values()].flat());
  return [
    `lines-covered="${covered(lines)}" lines-valid="${lines.length}"`,
    `branches-covered="${covered(branches)}" branches-valid="${branches.length}"`,
  ].join(" ");
}

export function writeCobertura(coverage: Coverage, sources: ReadonlyMap<string, SourceFile>): string {
  const rate = (coveragePercent(coverage) / 100).toFixed(4);
  const totals = totalsOf(coverage.files.map((file) => linesOf(file, sources.get(file.file))));
  const out = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">',
    `<coverage line-rate="${rate}" branch-rate="${rate}" ${totals} complexity="0" version="1" timestamp="0">`,
    "  <sources><source>.</source></sources>",
    "  <packages>",
    `    <package name="policy" line-rate="${rate}" branch-rate="${rate}" complexity="0">`,
    "      <classes>",
  ];
  for (const file of coverage.files) {
    const { hits, branches } = linesOf(file, sources.get(file.file));
    const own = (coveragePercent({ files: [file] }) / 100).toFixed(4);
    out.push(
      `        <class name="${xml(file.file)}" filename="${xml(file.file)}" line-rate="${own}" branch-rate="${own}" complexity="0">`,
      "          <methods/>",
      "          <lines>",
    );
    for (const [line, count] of [...hits].sort(([a], [b]) => a - b)) {
      const counts = branches.get(line) ?? [];
      const covered = counts.filter((each) => each > 0).length;
      const branch =
        counts.length === 0
          ? ""
          : ` branch="true" condition-coverage="${Math.round((100 * covered) / counts.length)}% (${covered}/${counts.length})"`;
      out.push(`            <line number="${line}" hits="${count}"${branch}/>`);
    }
    out.push("          </lines>", "        </class>");
  }
  out.push("      </classes>", "    </package>", "  </packages>", "</coverage>", "");
  return out.join("\n");
}
