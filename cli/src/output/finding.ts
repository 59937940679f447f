// A finding with its place resolved: what every report format prints of a diagnostic or a failed test.
import type { Diagnostic, Position, SourceFile } from "@aegis/compiler";
import type { TestReport } from "@aegis/conformance";

export interface Finding {
  readonly code: string;
  readonly severity: "error" | "warning" | "information";
  readonly message: string;
  readonly help: string | null;
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

const NOWHERE: Position = { line: 0, column: 0 };

/** Places come from the source text; a file that is not at hand gets its first line. */
export function findingOf(diagnostic: Diagnostic, sources: ReadonlyMap<string, SourceFile>): Finding {
  const source = sources.get(diagnostic.span.file);
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    message: diagnostic.message,
    help: diagnostic.help ?? null,
    file: diagnostic.span.file,
    start: source?.positionAt(diagnostic.span.start) ?? NOWHERE,
    end: source?.positionAt(diagnostic.span.end) ?? NOWHERE,
  };
}

/** Failed tests and properties, at the place of the expectation. */
export function findingsOfTests(report: TestReport, sources: ReadonlyMap<string, SourceFile>): Finding[] {
  return report.suites.flatMap((suite) =>
    suite.cases.flatMap((each) =>
      each.failures.map((failure) =>
        findingOf(
          {
            code: `${each.kind}/failed`,
            severity: "error",
            message: `${each.name}: ${failure.message}`,
            span: failure.span,
            help: failure.details.join("\n"),
          },
          sources,
        ),
      ),
    ),
  );
}
