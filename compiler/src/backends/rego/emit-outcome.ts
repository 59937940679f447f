// `aegis.outcome` and the entrypoints: from what the rules say to the decision document.
import {
  compareUtf8,
  fixedReason,
  type IrExpression,
  type IrProgram,
  refusal,
  RESULT_ALLOWED,
} from "@aegis/runtime/core";
import { type Table, TABLES } from "./emit-policy.ts";
import { Body } from "./body.ts";
import { block, regoComment, regoString, regoValue, rule } from "./print-rego.ts";
import type { ExpressionWriter } from "./write-expression.ts";

export const readableRego = `
# Why one of the names cannot be read, state before facts and context; empty when all can.
missing(labels, counters, facts, context) := "state_unavailable" if {
	unreadable := (labels & state.unreadable_labels) | (counters & state.unreadable_counters)
	count(unreadable) > 0
} else := "fact_unavailable" if {
	_fact_missing(facts, context)
} else := ""

_fact_missing(facts, _) if {
	some [path, fact] in facts
	known := object.get(request.facts, path, {})
	not fact in object.keys(known)
}

_fact_missing(_, context) if {
	some name in context
	not name in object.keys(request.context)
}
`;

const FIXED = `
# An exception that holds switches its rule off.
_waived_ids := {waiver.rule | some waiver in waivers}

_matched := matches - _waived_ids

_blind := {id: code | some id, code in blind; not id in _waived_ids}

# Without the rules that are only observed.
_enforced := _matched - observed

_enforced_blind := {id: code | some id, code in _blind; not id in observed}

_verdict := _verdict_of(_enforced, _enforced_blind)

_shadow := _verdict_of(_matched, _blind)

_verdict_of(matched, unseeing) := {
	"decision": level.decision,
	"code": level.code,
	"rules": sort(level.rules),
	"obligations": [entry[4] | some entry in sort(_obligations(matched, level.decision))],
} if {
	level := _level(matched, unseeing)
}

_having(ids, effect) := {id | some id in ids; _effects[id] == effect}

_unseeing(unseeing, code) := {id | some id, why in unseeing; why == code; _effects[id] != "allow"}

# The strictest of what matches; a restriction that cannot see denies, and so does a call that nothing allows.
_level(matched, unseeing) := {"decision": "deny", "code": "matched", "rules": rules} if {
	rules := _having(matched, "deny")
	count(rules) > 0
} else := {"decision": "deny", "code": "state_unavailable", "rules": rules} if {
	rules := _unseeing(unseeing, "state_unavailable")
	count(rules) > 0
} else := {"decision": "deny", "code": "fact_unavailable", "rules": rules} if {
	rules := _unseeing(unseeing, "fact_unavailable")
	count(rules) > 0
} else := {"decision": "deny", "code": "default_deny", "rules": set()} if {
	request.phase == "call"
	count(_having(matched, "allow")) == 0
} else := {"decision": "approval_needed", "code": "matched", "rules": rules} if {
	rules := _having(matched, "approval")
	count(rules) > 0
} else := {"decision": "sanitize", "code": "matched", "rules": rules} if {
	rules := _having(matched, "sanitize")
	count(rules) > 0
} else := {"decision": "allow", "code": "matched", "rules": _having(matched, "allow")}

# As lists that sort by type, rule, path and text. A denied call is only redacted, for logs.
_obligations(matched, decision) := _redactions(matched) if decision == "deny"

_obligations(matched, decision) := (_redactions(matched) | _approvals(matched)) | limits.reservations if {
	decision != "deny"
}

_redactions(matched) := {entry | some id in matched; some entry in object.get(redactions, id, [])}

_approvals(matched) := {entry | some id in matched; some entry in object.get(approvals, id, [])}

# Places that rules in force redact.
_redacted contains split(entry[2], "/") if {
	some id in _enforced
	some entry in object.get(redactions, id, [])
}

# A text shown in a reason, unless its place is redacted.
shown(place, _) := "[redacted]" if _is_redacted(place)

shown(place, text) := text if not _is_redacted(place)

_is_redacted(place) if {
	some other in _redacted
	lib.overlaps(place, other)
}

# The decision on a request that is valid.
document := object.union_n([_verdict, {"reason": _reason}, _hint, _shadow_part, _waived_part])

default _hint := {}

_hint := {"hint": text | some text in object.get(hints, _first, [])}

default _shadow_part := {}

_shadow_part := {"shadow": _shadow} if _verdict.decision != _shadow.decision

_shadow_part := {"shadow": _shadow} if _verdict.obligations != _shadow.obligations

default _waived_part := {}

_waived_part := {"waived": list} if {
	list := [waiver |
		some [_, _, waiver] in sort({[held.rule, held.exception, held] |
			some held in waivers
			not held.rule in observed
			_would_count(held.rule)
		})
	]
	count(list) > 0
}

_would_count(id) if id in matches

_would_count(id) if id in object.keys(blind)

# The rule that gives the reason.
_first := _verdict.rules[0] if _verdict.code == "matched"

_reason := _fixed[_verdict.code] if {
	_verdict.code != "matched"
	count(_blind_allows) == 0
}

_reason := _fixed[_verdict.code] if {
	_verdict.code != "matched"
	_verdict.code != "default_deny"
	count(_blind_allows) > 0
}

_reason := lib.cut(concat("", [_fixed.default_deny, _undecided, concat(", ", sort(_blind_allows))]), 500) if {
	_verdict.code == "default_deny"
	count(_blind_allows) > 0
}

_reason := ${regoString(RESULT_ALLOWED)} if {
	_verdict.code == "matched"
	count(_verdict.rules) == 0
}

_reason := array.concat([text | text := _written(_first)], [concat(" by ", [_verdict.decision, _first])])[0]

_blind_allows := {id | some id, _ in _enforced_blind; _effects[id] == "allow"}

_undecided := "; undecided for lack of state or facts: "
`;

/** Name, in generated files, of the package of a policy package; segment of its path. */
export interface PolicyPackage {
  readonly segment: string;
  readonly tables: ReadonlySet<Table>;
}

/** Text of `aegis.outcome` after its imports. */
export function emitOutcome(program: IrProgram, policies: readonly PolicyPackage[]): string {
  const having = (table: Table): string[] =>
    policies
      .filter(({ tables }) => tables.has(table))
      .map(({ segment }) => `data.aegis.policy.${segment}.${table}`);
  const tables = Object.entries(TABLES).flatMap(([name, kind]) => {
    const table = name as Table;
    if (table === "reasons") return [];
    const parts = having(table);
    if (kind === "object") return [`${table} := object.union_n(${block("[]", parts)})`];
    return [`${table} := ${parts.length === 0 ? "set()" : `union({${parts.join(", ")}})`}`];
  });
  const written = having("reasons");
  const reasons =
    written.length === 0
      ? ["_written(id) := null if id == null"]
      : written.map((each) => `_written(id) := ${each}[id]`);
  const effects = program.rules.map(({ id, effect }) => `${regoString(id)}: ${regoString(effect)}`);
  return [
    FIXED.trim(),
    `_fixed := ${block(
      "{}",
      CODES.map((code) => `${regoString(code)}: ${regoString(fixedReason(code))}`),
    )}`,
    `# What the rules of all packages say.\n${tables.join("\n\n")}`,
    ...reasons,
    `_effects := ${block("{}", effects)}`,
  ].join("\n\n");
}

const CODES = ["default_deny", "state_unavailable", "fact_unavailable"] as const;

/** Text of `aegis.limits`: what the call takes from each counter that targets its action. */
export function emitLimits(program: IrProgram, writer: ExpressionWriter): string {
  const blocks = program.counters.flatMap((counter) =>
    counter.targets.map((target) => {
      const body = new Body();
      body.lines.push('request.phase == "call"', `request.action == ${String(target.action)}`);
      const amount = writer.value(expressionAt(program, target.amount), body);
      const keys = target.key.map((index) => expressionAt(program, index));
      const texts = writer.keyTexts(keys, counter.key, body);
      const number = `lib.${counter.type === "decimal" ? "decimal" : "scalar"}_text(${amount})`;
      body.lines.push(`amount := ${number}`);
      return [
        regoComment(counter.id),
        rule(
          `reservations contains lib.reservation(${regoString(counter.id)}, [${texts.join(", ")}], amount)`,
          body.lines,
        ),
      ].join("\n");
    }),
  );
  return [...(blocks.length === 0 ? ["reservations := set()"] : blocks), ...writer.helpers].join("\n\n");
}

/** Text of the package `aegis`: the entrypoints. */
export function emitEntrypoints(program: IrProgram, writer: ExpressionWriter): string {
  const order = program.actions
    .map((action, index) => ({ ...action, index }))
    .sort((left, right) => compareUtf8(left.tool, right.tool) || compareUtf8(left.action, right.action));
  const visible = order.map(({ visible: condition, tool, action }, position) => {
    const body = new Body();
    body.lines.push("request.listing");
    writer.condition(expressionAt(program, condition), body);
    const head = `_visible contains [${String(position)}, ${regoValue({ tool, action })}]`;
    return `${regoComment(`${tool}.${action}`)}\n${rule(head, body.lines)}`;
  });
  return [
    `# METADATA\n# entrypoint: true\ndefault decision := ${regoValue(refusal("internal_error"))}`,
    ...(["invalid_input", "unknown_action"] as const).map(
      (code) => `decision := ${regoValue(refusal(code))} if request.refusal == ${regoString(code)}`,
    ),
    'decision := outcome.document if request.refusal == ""',
    "# What an agent may see at all.\n# METADATA\n# entrypoint: true\nvisible := [shown | some [_, shown] in sort(_visible)]",
    ...(visible.length === 0 ? ["_visible := set()"] : visible),
    ...writer.helpers,
  ].join("\n\n");
}

function expressionAt(program: IrProgram, index: number): IrExpression {
  const expression = program.expressions[index];
  if (expression === undefined) throw new RangeError("the program names an expression that does not exist");
  return expression;
}
