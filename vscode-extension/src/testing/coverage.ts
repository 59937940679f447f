// Coverage of a policy for the editor: a rule is a declaration, a condition a statement with two branches.
import * as vscode from "vscode";
import type { CoverageShape } from "@aegis/lsp/custom-requests";
import { rangeOf } from "../places.ts";

/** Carries the details along, so that the editor need not ask the server again. */
export class PolicyFileCoverage extends vscode.FileCoverage {
  readonly details: readonly vscode.FileCoverageDetail[];

  constructor(
    uri: vscode.Uri,
    statements: vscode.TestCoverageCount,
    branches: vscode.TestCoverageCount,
    rules: vscode.TestCoverageCount,
    details: readonly vscode.FileCoverageDetail[],
  ) {
    super(uri, statements, branches, rules);
    this.details = details;
  }
}

export function fileCoverage({ uri, rules }: CoverageShape): PolicyFileCoverage {
  const conditions = rules.flatMap((rule) => rule.conditions);
  const seen = (counts: readonly number[]): vscode.TestCoverageCount =>
    new vscode.TestCoverageCount(counts.filter((each) => each > 0).length, counts.length);
  const details = [
    ...rules.map((rule) => new vscode.DeclarationCoverage(rule.id, rule.matched, rangeOf(rule.range))),
    ...conditions.map(
      ({ held, failed, range }) =>
        new vscode.StatementCoverage(held + failed, rangeOf(range), [
          new vscode.BranchCoverage(held, rangeOf(range), "held"),
          new vscode.BranchCoverage(failed, rangeOf(range), "did not hold"),
        ]),
    ),
  ];
  return new PolicyFileCoverage(
    vscode.Uri.parse(uri),
    seen(conditions.map(({ held, failed }) => held + failed)),
    seen(conditions.flatMap(({ held, failed }) => [held, failed])),
    seen(rules.map((rule) => rule.matched)),
    details,
  );
}
