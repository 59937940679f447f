// Runs all rules over a program, takes out what comments silence, and tells of comments that silence nothing.
import { defineDiagnostics } from "../diagnostics/define-diagnostics.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { tidy } from "../diagnostics/tidy.ts";
import type { LintProgram } from "./define-lint-rule.ts";
import { LINT_RULES } from "./lint-registry.ts";
import { readSuppressions, type Suppression } from "./suppressions.ts";

export type LintSetting = "off" | "warning" | "error";
/** By rule name, as `lint` in aegis.json; rules that are not named have their own severity. */
export type LintSettings = ReadonlyMap<string, LintSetting>;

/** About the comments themselves: these cannot be silenced. */
export const suppressionDiagnostics = defineDiagnostics("lint", {
  "bad-suppression": {
    message: "this comment {problem}, and silences nothing",
    help: "write `lint-ignore RULE: why this is right here`",
  },
  "unused-suppression": {
    severity: "warning",
    message: "`{name}` finds nothing here",
    help: "remove the comment: what it excused is gone, or stands elsewhere",
  },
});

/** `program` comes from an analysis without errors. Sorted by place; each finding once. */
export function lintProgram(program: LintProgram, settings: LintSettings = new Map()): readonly Diagnostic[] {
  const steps = lintSteps(program, settings);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same in steps of a few milliseconds, for who has other things to do meanwhile; it may be left unfinished. */
export function* lintSteps(
  program: LintProgram,
  settings: LintSettings = new Map(),
): Generator<undefined, readonly Diagnostic[], undefined> {
  const own = new Set(program.modules.map((each) => each.file));
  const findings: Diagnostic[] = [];
  for (const rule of LINT_RULES) {
    const setting = settings.get(rule.name);
    if (setting === "off") continue;
    yield;
    for (const found of rule.check(program)) {
      if (found === null) yield;
      else if (own.has(found.span.file)) findings.push({ ...found, severity: setting ?? rule.severity });
    }
  }
  yield;
  return tidy(suppress(program, findings, settings));
}

function suppress(
  { modules, files }: LintProgram,
  findings: readonly Diagnostic[],
  settings: LintSettings,
): readonly Diagnostic[] {
  const byCode = new Map(LINT_RULES.map(({ code }) => [code, [] as Diagnostic[]]));
  for (const each of findings) byCode.get(each.code)?.push(each);
  const about: Diagnostic[] = [];
  const silenced = new Set<Diagnostic>();
  for (const module of modules) {
    const file = files.get(module.file);
    if (file === undefined) continue;
    const { found, broken } = readSuppressions(module, file);
    for (const { span, problem } of broken)
      about.push(suppressionDiagnostics["bad-suppression"](span, { problem }));
    for (const each of found)
      for (const name of each.rules) {
        const possible = byCode.get(`lint/${name}`);
        const hits = possible?.filter((finding) => isIn(finding, each)) ?? [];
        for (const hit of hits) silenced.add(hit);
        if (possible === undefined)
          about.push(
            suppressionDiagnostics["bad-suppression"](each.span, {
              problem: `names \`${name}\`, which is no rule`,
            }),
          );
        else if (hits.length === 0 && settings.get(name) !== "off")
          about.push(suppressionDiagnostics["unused-suppression"](each.span, { name }));
      }
  }
  return [...findings.filter((each) => !silenced.has(each)), ...about];
}

const isIn = ({ span }: Diagnostic, suppression: Suppression): boolean =>
  span.file === suppression.span.file && span.start >= suppression.from && span.start <= suppression.to;
