// Rules of a program with their ids: those at top level, in policies, and those that `use` makes of policies with parameters.
import { dotted } from "../binder/bind-module.ts";
import { nameDiagnostics as report } from "../diagnostics/catalogue/name.ts";
import type { DiagnosticSink } from "../diagnostics/diagnostic.ts";
import type { PolicyDeclaration, RuleDeclaration, UsePolicy } from "../syntax/ast.ts";
import { findQualified, isFailed } from "./names/find.ts";
import { instantiatePolicy } from "./instantiate-policy.ts";
import { suggest } from "./names/suggest-import.ts";
import type { ModuleTable } from "./names/tables.ts";

export interface CollectedRule {
  readonly id: string;
  /** The file in which the rule stands. */
  readonly module: ModuleTable;
  readonly node: RuleDeclaration;
  readonly policy: PolicyDeclaration | null;
  readonly use: UsePolicy | null;
  /** The file of the `use`. */
  readonly useModule: ModuleTable | null;
}

export function collectRules(
  modules: readonly ModuleTable[],
  sink: DiagnosticSink,
): readonly CollectedRule[] {
  const collector = new Collector(sink);
  for (const module of modules) collector.module(module);
  collector.unusedPolicies(modules);
  return collector.rules;
}

class Collector {
  readonly rules: CollectedRule[] = [];
  readonly #used = new Set<PolicyDeclaration>();
  /** Ids that uses have made. */
  readonly #made = new Map<string, UsePolicy>();
  readonly #sink: DiagnosticSink;

  constructor(sink: DiagnosticSink) {
    this.#sink = sink;
  }

  module(module: ModuleTable): void {
    for (const item of module.bound.module.items) {
      if (item.kind === "rule") this.#rule(item, null, module);
      if (item.kind === "policy")
        for (const rule of item.rules) {
          if (item.params.length === 0) this.#rule(rule, item, module);
          else this.#checkGuard(rule, module);
        }
      if (item.kind === "use") this.#use(item, module);
    }
  }

  #rule(node: RuleDeclaration, policy: PolicyDeclaration | null, module: ModuleTable): void {
    this.#checkGuard(node, module);
    if (node.name.text === "") return;
    const id = `${module.package.name}.${node.name.text}`;
    this.rules.push({ id, module, node, policy, use: null, useModule: null });
  }

  #checkGuard(node: RuleDeclaration, module: ModuleTable): void {
    if (module.package.guard && node.effect === "allow")
      this.#sink.report(report["guard-allow"](node.name.span, { name: node.name.text }));
  }

  #use(use: UsePolicy, module: ModuleTable): void {
    if (use.policy.parts.some((part) => part.text === "")) return;
    const name = dotted(use.policy);
    const found = findQualified(use.policy, "policy", module);
    const policy = found?.kind === "entry" ? found.entry.symbol.node : undefined;
    if (found?.kind !== "entry" || policy?.kind !== "policy") {
      if (found === undefined && isFailed(use.policy, module)) return;
      const { hint, extra } = suggest(name, module, {
        space: "policy",
        kinds: ["policy"],
        otherwise: "declare it with `policy`, or import the package that does",
      });
      this.#sink.report(report["unknown-policy"](use.policy.span, { name, hint }, extra));
      return;
    }
    this.#used.add(policy);
    if (policy.params.length === 0) {
      this.#sink.report(report["policy-without-parameters"](use.policy.span, { name }));
      return;
    }
    const least = policy.params.filter((param) => param.default === null).length;
    if (use.args.length < least || use.args.length > policy.params.length) {
      const count = policy.params.length;
      const expected = `${String(count)} argument${count === 1 ? "" : "s"}`;
      this.#sink.report(report["use-arguments"](use.span, { name, expected, given: use.args.length }));
      return;
    }
    const allow = policy.rules.find((rule) => rule.effect === "allow");
    if (module.package.guard && !found.entry.module.package.guard && allow !== undefined)
      this.#sink.report(report["guard-allow"](use.policy.span, { name: allow.name.text }));
    this.#makeRules(use, policy, found.entry.module, module);
  }

  #makeRules(use: UsePolicy, policy: PolicyDeclaration, module: ModuleTable, useModule: ModuleTable): void {
    const prefix = use.alias === null ? "" : `${use.alias.text}_`;
    let reported = false;
    const instance = instantiatePolicy(use, policy, module, useModule, this.#sink);
    for (const node of policy.rules) {
      if (node.name.text === "") continue;
      const local = `${prefix}${node.name.text}`;
      const id = `${useModule.package.name}.${local}`;
      const earlier = this.#made.get(id)?.span ?? useModule.package.names.id.get(local)?.symbol.span;
      if (earlier !== undefined && !reported) {
        reported = true;
        const hint = "give this `use` a name of its own with `as`";
        const related = [{ span: earlier, message: "first here" }];
        this.#sink.report(
          report["duplicate-rule"](use.alias?.span ?? use.policy.span, { id, hint }, { related }),
        );
      }
      if (earlier === undefined) this.#made.set(id, use);
      this.rules.push({ id, module: instance, node, policy, use, useModule });
    }
  }

  unusedPolicies(modules: readonly ModuleTable[]): void {
    for (const module of modules) {
      if (module.package.std) continue;
      for (const item of module.bound.module.items)
        if (
          item.kind === "policy" &&
          item.params.length > 0 &&
          !this.#used.has(item) &&
          item.name.text !== ""
        )
          this.#sink.report(report["unused-policy"](item.name.span, { name: item.name.text }));
    }
  }
}
