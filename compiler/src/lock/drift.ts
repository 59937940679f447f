// What a changed manifest does to a policy: every difference, and whether it lets more through than before.
import { compareUtf8, printType, required } from "@aegis/runtime/core";
import type { Field, Type } from "@aegis/runtime/core";
import type { Manifest, ManifestAction } from "../manifests/index.ts";
import { foldName } from "../manifests/index.ts";
import { narrows } from "../resolver/types/narrows.ts";
import type { PolicyUsage, RuleUse } from "./policy-usage.ts";

export interface DriftFinding {
  /** `loosened`: calls may pass now that would not have, or that no rule looked at. `tightened`: fewer pass. */
  readonly severity: "loosened" | "tightened" | "neutral";
  readonly kind:
    | "action-added"
    | "action-removed"
    | "action-renamed"
    | "argument-added"
    | "argument-removed"
    | "argument-wider"
    | "argument-narrower"
    | "argument-optional"
    | "argument-required"
    | "argument-type"
    | "result-type"
    | "hint-changed"
    | "description-changed"
    | "manifest-unusable";
  readonly action: string;
  /** Name of the argument, or of the hint. */
  readonly detail: string | null;
  readonly message: string;
  /** Ids of rules that select the action, sorted. */
  readonly rules: readonly string[];
}

/** `tool` is the wire name under which the policy knows the server. Findings: loosened first, then by action. */
export function drift(
  old: Manifest,
  now: Manifest,
  tool: string,
  usage: PolicyUsage,
): readonly DriftFinding[] {
  const finder = new DriftFinder(tool, usage);
  // What cannot be read could be anything.
  for (const problem of now.problems)
    finder.add("loosened", "manifest-unusable", "", null, problem.message, []);
  finder.compare(old.actions, now.actions);
  const order = ["loosened", "tightened", "neutral"];
  return finder.findings.sort(
    (a, b) =>
      order.indexOf(a.severity) - order.indexOf(b.severity) ||
      compareUtf8(a.action, b.action) ||
      compareUtf8(a.kind, b.kind) ||
      compareUtf8(a.detail ?? "", b.detail ?? ""),
  );
}

class DriftFinder {
  readonly findings: DriftFinding[] = [];
  readonly #tool: string;
  readonly #usage: PolicyUsage;

  constructor(tool: string, usage: PolicyUsage) {
    this.#tool = tool;
    this.#usage = usage;
  }

  add(
    severity: DriftFinding["severity"],
    kind: DriftFinding["kind"],
    action: string,
    detail: string | null,
    message: string,
    rules: readonly RuleUse[],
  ): void {
    const ids = [...new Set(rules.map((rule) => rule.id))].sort(compareUtf8);
    this.findings.push({ severity, kind, action, detail, message, rules: ids });
  }

  compare(old: readonly ManifestAction[], now: readonly ManifestAction[]): void {
    const before = new Map(old.map((action) => [action.name, action]));
    const after = new Map(now.map((action) => [action.name, action]));
    const removed = old.filter((action) => !after.has(action.name));
    const added = now.filter((action) => !before.has(action.name));
    const renamed = new Map<string, string>();
    for (const action of removed) {
      const successor = added.find(
        (each) => ![...renamed.values()].includes(each.name) && isRename(action, each),
      );
      if (successor === undefined) this.#removed(action);
      else {
        renamed.set(action.name, successor.name);
        this.#renamed(action, successor);
      }
    }
    for (const action of added) if (![...renamed.values()].includes(action.name)) this.#added(action);
    for (const action of old) {
      const successor = after.get(action.name);
      if (successor !== undefined) this.#changed(action, successor);
    }
  }

  #added(action: ManifestAction): void {
    const wild = this.#usage.wildcardsOf(this.#tool);
    const grants = wild.filter((rule) => rule.effect === "allow");
    this.add(
      grants.length > 0 ? "loosened" : "neutral",
      "action-added",
      action.name,
      null,
      grants.length > 0
        ? "a new action, which a wildcard grants as soon as it is locked"
        : "a new action, which no rule grants",
      wild,
    );
  }

  #removed(action: ManifestAction): void {
    const rules = this.#rules(action);
    this.add(
      rules.length > 0 ? "tightened" : "neutral",
      "action-removed",
      action.name,
      null,
      "the action is gone: calls of it are unknown, and rules that name it do not compile",
      rules,
    );
  }

  #renamed(action: ManifestAction, successor: ManifestAction): void {
    const rules = this.#rules(action);
    const wild = this.#usage.wildcardsOf(this.#tool);
    const grants = wild.some((rule) => rule.effect === "allow");
    // The restrictions that name the old action do not hold for the new one.
    const lost = rules.filter((rule) => rule.effect !== "allow" && !wild.some((each) => each.id === rule.id));
    const loosened = lost.length > 0 || grants;
    this.add(
      loosened ? "loosened" : rules.length > 0 ? "tightened" : "neutral",
      "action-renamed",
      action.name,
      successor.name,
      `seems to be called \`${successor.name}\` now${lost.length > 0 ? ": restrictions that name the old action do not hold for it" : ""}`,
      rules,
    );
  }

  #changed(old: ManifestAction, now: ManifestAction): void {
    const rules = this.#rules(old);
    const before = new Map(old.params.map((field) => [field.name, field]));
    const after = new Map(now.params.map((field) => [field.name, field]));
    for (const field of old.params)
      if (!after.has(field.name))
        this.add(
          "tightened",
          "argument-removed",
          old.name,
          field.name,
          `the argument \`${field.name}\` is gone: calls with it are invalid`,
          rules,
        );
    for (const field of now.params) {
      const earlier = before.get(field.name);
      if (earlier !== undefined) this.#argument(old, earlier, field, rules);
      else
        this.add(
          "loosened",
          "argument-added",
          old.name,
          field.name,
          `a new ${field.type.kind === "optional" ? "optional " : ""}argument \`${field.name}\` (\`${printType(field.type)}\`), which no rule has looked at`,
          rules,
        );
    }
    if (JSON.stringify(shape(old.result)) !== JSON.stringify(shape(now.result)))
      this.add(
        "neutral",
        "result-type",
        old.name,
        null,
        `the result was \`${printType(old.result)}\` and is \`${printType(now.result)}\``,
        rules,
      );
    for (const hint of [
      ...new Set([...Object.keys(old.annotations), ...Object.keys(now.annotations)]),
    ].sort())
      if (old.annotations[hint] !== now.annotations[hint])
        this.add("neutral", "hint-changed", old.name, hint, `the server's hint \`${hint}\` changed`, rules);
    if (old.doc !== now.doc)
      this.add(
        "neutral",
        "description-changed",
        old.name,
        null,
        "the description, which models read, changed",
        rules,
      );
  }

  #argument(action: ManifestAction, old: Field, now: Field, rules: readonly RuleUse[]): void {
    const wasOptional = old.type.kind === "optional";
    const isOptional = now.type.kind === "optional";
    const say = (severity: DriftFinding["severity"], kind: DriftFinding["kind"], message: string): void => {
      this.add(severity, kind, action.name, old.name, message, rules);
    };
    if (!wasOptional && isOptional) say("loosened", "argument-optional", `\`${old.name}\` may be absent now`);
    if (wasOptional && !isOptional) say("tightened", "argument-required", `\`${old.name}\` is required now`);
    const [before, after] = [required(old.type), required(now.type)];
    if (JSON.stringify(shape(before)) === JSON.stringify(shape(after))) return;
    const types = `was \`${printBounded(before)}\` and is \`${printBounded(after)}\``;
    const [narrower, wider] = [narrows(before, after), narrows(after, before)];
    if (wider && narrower) say("neutral", "argument-type", `\`${old.name}\` ${types}: the same values`);
    else if (wider) say("loosened", "argument-wider", `\`${old.name}\` ${types}: it takes more`);
    else if (narrower) say("tightened", "argument-narrower", `\`${old.name}\` ${types}: it takes less`);
    else say("loosened", "argument-type", `\`${old.name}\` ${types}: it takes other values`);
  }

  #rules(action: ManifestAction): readonly RuleUse[] {
    return this.#usage.rulesOf(this.#tool, action.name);
  }
}

/** The type without documentation and without names that the import made up. */
function shape(type: Type): unknown {
  switch (type.kind) {
    case "enum":
      return { kind: type.kind, members: type.members };
    case "optional":
    case "list":
    case "set":
    case "map":
      return { ...type, of: shape(type.of) };
    case "record":
      return { ...type, fields: type.fields.map((field) => [field.name, shape(field.type)]) };
    default:
      return type;
  }
}

/** With what `printType` leaves out and a reader needs to see the difference. */
function printBounded(type: Type): string {
  if (type.kind === "enum") return `{ ${type.members.join(", ")} }`;
  const text = printType(type);
  const min = "min" in type && type.min !== undefined ? ` from ${String(type.min)}` : "";
  const max = "max" in type && type.max !== undefined ? ` up to ${String(type.max)}` : "";
  return text + min + max;
}

/** The same arguments of the same types, or a name that differs only in case and punctuation. */
const isRename = (old: ManifestAction, now: ManifestAction): boolean =>
  foldName(old.name) === foldName(now.name) ||
  (old.params.length > 0 &&
    JSON.stringify(old.params.map((field) => [field.name, shape(field.type)])) ===
      JSON.stringify(now.params.map((field) => [field.name, shape(field.type)])));
