// `aegis.request`: the request, checked in the order of the contract, in the form that rules compute on.
import type { IrAction, IrProgram, Type } from "@aegis/runtime/core";
import { block, regoComment, regoSet, regoString, rule } from "./print-rego.ts";
import type { ShapeWriter } from "./write-shapes.ts";

const MEMBERS = ["phase", "agent", "tool", "action", "args", "context", "state", "facts", "result"];

const FIXED = `
# The code of the refusal, or nothing: what is outside of arguments and result comes first.
default refusal := ""

refusal := "invalid_input" if not _sound

refusal := "unknown_action" if {
	_sound
	action == -1
}

refusal := "invalid_input" if {
	_sound
	action != -1
	not _fits
}

_sound if {
	is_object(input)
	count(object.keys(input) - ${regoSet(MEMBERS)}) == 0
	is_object(_agent)
	is_string(object.get(_agent, "id", null))
	is_object(agent)
	is_object(context)
	is_string(_tool)
	is_string(_action)
	phase in {"call", "result"}
	snapshot.sound
	_facts_sound
}

_agent := object.get(input, "agent", null)

_tool := object.get(input, "tool", null)

_action := object.get(input, "action", null)

_args := object.get(input, "args", null)

_result := object.get(input, "result", null)

phase := lib.or_else(object.get(input, "phase", null), "call")

_fits if {
	is_object(args)
	phase == "call"
	_result == null
}

_fits if {
	is_object(args)
	phase == "result"
	is_object(result)
}

_facts := lib.or_else(object.get(input, "facts", null), {})

_facts_sound if {
	is_object(_facts)
	every given in _facts {
		is_object(given)
	}
}

# The request for what an agent may see has no call.
listing if {
	is_object(input)
	count(object.keys(input) - {"agent", "context"}) == 0
	is_object(_agent)
	is_string(object.get(_agent, "id", null))
	is_object(agent)
	is_object(context)
}
`;

/** Text of the package after its imports. */
export function emitRequest(program: IrProgram, shapes: ShapeWriter): string {
  const blocks = [
    ...attributes(program, shapes),
    facts(program, shapes),
    actionTable(program.actions),
    ...program.actions.map((action, index) => argumentsOf(action, index, shapes)),
    ...results(program.actions, shapes),
  ];
  return [FIXED.trim(), ...blocks].join("\n\n");
}

function attributes({ agent, context }: IrProgram, shapes: ShapeWriter): string[] {
  const ofAgent = shapes.validator({ kind: "record", fields: agent, open: true });
  const ofContext = shapes.validator({ kind: "record", fields: context, open: true });
  return [
    `agent := ${ofAgent}(_agent)`,
    `context := ${ofContext}(lib.or_else(object.get(input, "context", null), {}))`,
  ];
}

function facts(program: IrProgram, shapes: ShapeWriter): string {
  const members = program.facts.map(({ name, type }) => {
    const key = regoString(name);
    const read = `${shapes.validator(type)}(object.get(given, ${key}, null))`;
    const found = type.kind === "optional" ? `some value in ${read}` : `value := ${read}`;
    return `{${key}: value | ${key} in object.keys(given); ${found}}`;
  });
  return [
    "# Declared facts of the right type, by pointer and name.",
    rule("facts[pointer] := values", [
      members.length === 0 ? "some pointer, _ in _facts" : "some pointer, given in _facts",
      members.length === 0 ? "values := {}" : `values := object.union_n(${block("[]", members)})`,
    ]),
  ].join("\n");
}

function actionTable(actions: readonly IrAction[]): string {
  const tools = new Map<string, string[]>();
  actions.forEach(({ tool, action }, index) => {
    const known = tools.get(tool) ?? [];
    tools.set(tool, known);
    known.push(`${regoString(action)}: ${String(index)}`);
  });
  const lines = [...tools].map(([tool, known]) =>
    known.join(", ").length <= 80
      ? `${regoString(tool)}: {${known.join(", ")}}`
      : `${regoString(tool)}: ${block("{}", known)}`,
  );
  return [
    "# The number of the action, -1 for one that is not declared.",
    "action := object.get(object.get(_actions, _tool, {}), _action, -1)",
    "",
    `_actions := ${block("{}", lines)}`,
  ].join("\n");
}

function argumentsOf({ tool, action, params, open }: IrAction, index: number, shapes: ShapeWriter): string {
  const read = shapes.validator({ kind: "record", fields: params, open });
  return [regoComment(`${tool}.${action}`), `args := ${read}(_args) if action == ${String(index)}`].join(
    "\n",
  );
}

/** One function for each type of results, and which action has it. */
function results(actions: readonly IrAction[], shapes: ShapeWriter): string[] {
  const byReader = new Map<string, { readonly type: Type; readonly actions: number[] }>();
  actions.forEach(({ result }, index) => {
    const read = shapes.validator(result);
    const known = byReader.get(read) ?? { type: result, actions: [] };
    byReader.set(read, known);
    known.actions.push(index);
  });
  return [...byReader].map(([read, { type, actions: having }]) => {
    const member = type.kind === "optional" ? "some item in value" : "item := value";
    const bodies = [
      rule('result := {"status": status}', [
        `action in ${regoSet(having)}`,
        "status := lib.result_status(_result)",
        'status != "ok"',
        'object.get(_result, "value", null) == null',
      ]),
      rule('result := object.union({"status": "ok"}, values)', [
        `action in ${regoSet(having)}`,
        'lib.result_status(_result) == "ok"',
        '"value" in object.keys(_result)',
        `value := ${read}(object.get(_result, "value", null))`,
        `values := {"value": item | ${member}}`,
      ]),
    ];
    if (type.kind === "json" || type.kind === "optional") {
      bodies.push(
        rule('result := {"status": "ok"}', [
          `action in ${regoSet(having)}`,
          'lib.result_status(_result) == "ok"',
          'not "value" in object.keys(_result)',
        ]),
      );
    }
    return bodies.join("\n\n");
  });
}
