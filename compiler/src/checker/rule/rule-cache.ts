// Checked rules of an earlier analysis, for those whose text is the same and who say no name that means something else now:
// what makes typing in a large policy cheap.
import { ExternalReads } from "../analysis/external-reads.ts";
import type { Diagnostic, DiagnosticSink } from "../../diagnostics/diagnostic.ts";
import { placesOf, shiftedDiagnostic } from "../../diagnostics/shifted-diagnostic.ts";
import type { ResolvedProgram } from "../../resolver/resolved-program.ts";
import type { CheckedRule } from "../checked-program.ts";
import { changedNames, NO_SURROUNDINGS, says, surroundingsOf } from "./surroundings.ts";

type Entry = ResolvedProgram["rules"][number];

interface Cached {
  readonly rule: CheckedRule;
  readonly policy: Entry["policy"];
  readonly id: string;
  /** As they were told, with the place of the rule then. */
  readonly diagnostics: readonly Diagnostic[];
  readonly start: number;
  /** Ids of all rules when it was checked; empty where nothing was wrong. */
  readonly ids: string;
}

export class RuleCache {
  /** Expressions whose value another environment may change: see `Declarations.external`. */
  external = new ExternalReads();
  #rules = new WeakMap<object, Cached>();
  #surroundings = NO_SURROUNDINGS;
  #program: ResolvedProgram | null = null;
  #ids: string | null = null;
  #usable = false;

  /** Looks at what rules read beside themselves; forgets those for whom it is not what it was. */
  begin(program: ResolvedProgram): void {
    const surroundings = surroundingsOf(program);
    const names = changedNames(this.#surroundings, surroundings);
    if (names === null) {
      this.#rules = new WeakMap();
      this.external = new ExternalReads();
    } else if (names.size > 0) this.#forget(program, names);
    this.#surroundings = surroundings;
    this.#program = program;
    this.#ids = null;
    this.#usable = !lacksData(program);
  }

  #forget(program: ResolvedProgram, names: ReadonlySet<string>): void {
    for (const { node, policy } of program.rules) {
      const known = this.#rules.get(node);
      if (known === undefined) continue;
      // What is told of a rule may name anything that there is: the nearest name, say.
      const scope = policy?.scope ?? null;
      if (known.diagnostics.length > 0 || says(node, names) || (scope !== null && says(scope, names)))
        this.#rules.delete(node);
    }
  }

  /** The rule as it was checked before; what was wrong with it is told again. */
  get(entry: Entry, sink: DiagnosticSink): CheckedRule | undefined {
    const known = this.#usable && entry.use === null ? this.#rules.get(entry.node) : undefined;
    if (known === undefined || known.policy !== entry.policy || known.id !== entry.id) return undefined;
    // A name that was unknown may be a rule's by now.
    if (known.diagnostics.length > 0 && known.ids !== this.#allIds()) return undefined;
    const delta = entry.node.span.start - known.start;
    for (const each of known.diagnostics) sink.report(shiftedDiagnostic(each, delta));
    return known.rule;
  }

  #allIds(): string {
    return (this.#ids ??= (this.#program?.rules ?? []).map((each) => each.id).join("\n"));
  }

  set(entry: Entry, rule: CheckedRule, diagnostics: readonly Diagnostic[]): void {
    const { node, policy, id } = entry;
    const around = (policy ?? node).span;
    const inside = diagnostics.every((each) =>
      [...placesOf(each)].every(
        ({ file, start, end }) => file === around.file && start >= around.start && end <= around.end,
      ),
    );
    // What points elsewhere (at another declaration, at the imports) moves otherwise than the rule.
    if (entry.use !== null || !inside) return;
    this.#rules.set(node, {
      rule,
      policy,
      id,
      diagnostics: diagnostics.map((each) => shiftedDiagnostic(each, 0)),
      start: node.span.start,
      ids: diagnostics.length === 0 ? "" : this.#allIds(),
    });
  }
}

/** The first rule that reads a datum without a value is the one that is told so. */
const lacksData = (program: ResolvedProgram): boolean =>
  program.modules.some((module) =>
    module.module.items.some((item) => {
      if (item.kind !== "data") return false;
      const declared = module.lookup(item.name.text, "value");
      return declared?.kind !== "data" || declared.value === null;
    }),
  );
