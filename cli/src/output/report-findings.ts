// Prints diagnostics in the format asked for.
import type { Diagnostic, SourceFile } from "@aegis/compiler";
import { VERSION } from "../version.ts";
import { findingOf } from "./finding.ts";
import { writeGithub } from "./github.ts";
import { writeJunitFindings } from "./junit.ts";
import { writeSarif } from "./sarif.ts";

export const FINDING_FORMATS = ["pretty", "json", "sarif", "junit", "github"] as const;
export type FindingFormat = (typeof FINDING_FORMATS)[number];

export const isFindingFormat = (text: string): text is FindingFormat =>
  (FINDING_FORMATS as readonly string[]).includes(text);

/** `pretty` renders one diagnostic for a terminal. */
export function reportFindings(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[],
  format: FindingFormat,
  pretty: (diagnostic: Diagnostic) => string,
): string {
  const byPath = new Map(sources.map((each) => [each.path, each]));
  const findings = diagnostics.map((each) => findingOf(each, byPath));
  switch (format) {
    case "pretty":
      return diagnostics.map(pretty).join("\n");
    case "json":
      return `${JSON.stringify({ version: 1, findings }, null, 2)}\n`;
    case "sarif":
      return writeSarif(findings, VERSION);
    case "junit":
      return writeJunitFindings(
        findings,
        sources.map((each) => each.path),
      );
    case "github":
      return writeGithub(findings);
  }
}
