// The rules of an action laid out in flat arrays that one small loop tries: the way that works everywhere.
//
// All actions share the loop, so it is fast from the first requests on, however thinly these are spread over actions; and
// what a rule needs lies side by side in memory. Closures, which call each other through sites that have seen hundreds of
// others, took twice as long. Conditions on single arguments stand in the array themselves; all others are closures of
// `compile-expression`, so that there is one meaning.
import { builtins } from "../../builtins/builtin-registry.ts";
import type { Callable } from "../../builtins/define-builtin.ts";
import { callable } from "../../builtins/define-builtin.ts";
import type { SlotRequest as Frame } from "../../input/slot-request.ts";
import type { IrExpression, IrExpressionKind } from "../../ir/ir.ts";
import { scalarKey } from "../../values/scalar.ts";
import type { Value } from "../../values/value.ts";
import type { Arrangement, Member, ScopeGroup, ScopeTable } from "./arrangement.ts";
import { distinct } from "./arrangement.ts";
import type { Evaluate, Place, Test } from "./compile-expression.ts";
import { argumentSlot, compileExpression, compileTest, slotOf, typeAt } from "./compile-expression.ts";
import type { OutcomeNode, OutcomeTree } from "./outcome-tree.ts";
import { advance, stepOf } from "./outcome-tree.ts";

/** Tries all rules of an action, all that they name being readable; walks on from the node. */
export type RunRules = (frame: Frame, node: OutcomeNode) => OutcomeNode;

/**
 * Instructions, one after the other: a number that says which, and its operands. A condition has the place to go on at when
 * it is false as its first operand, and after that the slot of an argument and what it is compared with.
 */
export type Code = readonly unknown[];

type Table = ReadonlyMap<Value, Code>;

/** A rule matches: its step, and the node where it is the first. */
const MATCH = 0;
/** The same for a shadow rule with a date: a function gives the step. */
const MATCH_DATED = 1;
const EQUAL = 2;
const LESS = 3;
const AT_MOST = 4;
const MORE = 5;
const AT_LEAST = 6;
/** One of a few values, as an array; of many, as a set. */
const ONE_OF_FEW = 7;
const ONE_OF_MANY = 8;
/** A builtin of an argument and a constant: three operands. */
const CALL = 9;
/** An attribute of the agent that is a list or a set holds a constant. */
const HOLDS = 10;
/** Any other condition, as a closure. */
const TEST = 11;
/**
 * A table of code by constants, looked up by the value of a scope's subject, or by each of its items: the slot of the agent's
 * attribute, nearly always one; the table; for other subjects (a slot below zero) their closure.
 */
const LOOK_UP = 12;
const LOOK_UP_EACH = 13;

/** Comparing is cheaper than hashing up to here. */
const FEW = 4;

/** The step of a member that matches: fixed, but for shadow rules with a date. */
export function stepFor({ candidate: { enforced }, at }: Member): number | ((frame: Frame) => number) {
  return typeof enforced === "function" ? (frame) => stepOf(at, enforced(frame)) : stepOf(at, enforced);
}

/** Runs code for a request, all that its rules name being readable; walks on from the node. */
export function runCode(code: Code, frame: Frame, tree: OutcomeTree, start: OutcomeNode): OutcomeNode {
  const { args } = frame;
  const { root } = tree;
  let node = start;
  let at = 0;
  while (at < code.length) {
    let holds: boolean;
    let width = 4;
    switch (code[at] as number) {
      case MATCH:
        // Most calls match no more than one rule: its node need not be looked up.
        node = node === root ? (code[at + 2] as OutcomeNode) : advance(tree, node, code[at + 1] as number);
        at += 3;
        continue;
      case MATCH_DATED:
        node = advance(tree, node, (code[at + 1] as (frame: Frame) => number)(frame));
        at += 2;
        continue;
      case LOOK_UP: {
        const slot = code[at + 1] as number;
        const subject = slot < 0 ? (code[at + 3] as Evaluate)(frame) : frame.agent[slot];
        const found = (code[at + 2] as Table).get(scalarKey(subject));
        if (found !== undefined) node = runCode(found, frame, tree, node);
        at += 4;
        continue;
      }
      case LOOK_UP_EACH: {
        const slot = code[at + 1] as number;
        const table = code[at + 2] as Table;
        const items = (slot < 0 ? (code[at + 3] as Evaluate)(frame) : frame.agent[slot]) as readonly Value[];
        const each = distinct(items);
        for (let index = 0; index < each.length; index++) {
          const item = each[index];
          const found = table.get(typeof item === "string" ? item : scalarKey(item));
          if (found !== undefined) node = runCode(found, frame, tree, node);
        }
        at += 4;
        continue;
      }
      case EQUAL:
        holds = args[code[at + 2] as number] === code[at + 3];
        break;
      case LESS:
        holds = (args[code[at + 2] as number] as number) < (code[at + 3] as number);
        break;
      case AT_MOST:
        holds = (args[code[at + 2] as number] as number) <= (code[at + 3] as number);
        break;
      case MORE:
        holds = (args[code[at + 2] as number] as number) > (code[at + 3] as number);
        break;
      case AT_LEAST:
        holds = (args[code[at + 2] as number] as number) >= (code[at + 3] as number);
        break;
      case ONE_OF_FEW:
        holds = (code[at + 3] as readonly Value[]).includes(args[code[at + 2] as number]);
        break;
      case ONE_OF_MANY:
        holds = (code[at + 3] as ReadonlySet<Value>).has(args[code[at + 2] as number]);
        break;
      case CALL:
        holds = (code[at + 4] as Callable)(args[code[at + 2] as number], code[at + 3] as Value) === true;
        width = 5;
        break;
      case HOLDS:
        holds = (frame.agent[code[at + 2] as number] as readonly Value[]).includes(code[at + 3] as Value);
        break;
      default:
        holds = (code[at + 2] as Test)(frame);
        width = 3;
    }
    at = holds ? at + width : (code[at + 1] as number);
  }
  return node;
}

/** The code of an action's rules. */
export function flatCode({ tables, rest }: Arrangement, place: Place, tree: OutcomeTree): Code {
  return [...tables.flatMap((table) => lookUp(table, place, tree)), ...codeOf(rest, place, tree)];
}

function lookUp({ subject, many, groups }: ScopeTable, place: Place, tree: OutcomeTree): Code {
  const slot = attributeSlot(subject, place);
  const table: Table = new Map(
    [...groups].map(([constant, group]) => [constant, codeOf([{ ...group, scope: ALWAYS }], place, tree)]),
  );
  return [many ? LOOK_UP_EACH : LOOK_UP, slot, table, compileExpression(subject, place)];
}

const ALWAYS: IrExpression = { kind: "and", all: [] };

/** The code of groups: the scope of each and then its rules. */
function codeOf(groups: readonly ScopeGroup[], place: Place, tree: OutcomeTree): Code {
  const code: unknown[] = [];
  for (const { scope, members } of groups) {
    guarded(code, scope, place, () => {
      for (const member of members) {
        const when = place.program.expression(member.candidate.target.when);
        guarded(code, when, place, () => {
          const step = stepFor(member);
          if (typeof step === "number") code.push(MATCH, step, tree.alone(step));
          else code.push(MATCH_DATED, step);
        });
      }
    });
  }
  return code;
}

/** Adds a condition and what runs where it holds. */
function guarded(code: unknown[], condition: IrExpression, place: Place, body: () => void): void {
  const starts = cheapFirst(conjuncts(condition), place).map((instruction) => {
    const start = code.length;
    code.push(...instruction);
    return start;
  });
  body();
  for (const start of starts) code[start + 1] = code.length;
}

const conjuncts = (node: IrExpression): readonly IrExpression[] =>
  node.kind === "and" ? node.all.flatMap(conjuncts) : [node];

/**
 * Instructions that settle most rules at little cost go first. They may: conditions have no effects and no errors, and what
 * is moved reads only arguments that are always there, so that no condition before it guards it.
 */
function cheapFirst(nodes: readonly IrExpression[], place: Place): readonly Code[] {
  const simple: Code[] = [];
  const others: Code[] = [];
  for (const node of nodes) {
    const instruction = simpleInstruction(node, place);
    if (instruction === undefined) others.push([TEST, LATER, compileTest(node, place)]);
    else if (instruction[0] === HOLDS || isOptional(instruction[2] as number, place))
      others.push(instruction);
    else simple.push(instruction);
  }
  return [...simple.sort(([one], [other]) => Number(one) - Number(other)), ...others];
}

const isOptional = (slot: number, { program, action }: Place): boolean =>
  action === null || program.ir.actions[action]?.params[slot]?.type.kind === "optional";

type NodeOf<Kind extends IrExpressionKind> = Extract<IrExpression, { kind: Kind }>;

/** Where the first operand is filled in later. */
const LATER = 0;

/** Undefined for what is no test of one argument against a constant. */
function simpleInstruction(node: IrExpression, place: Place): readonly unknown[] | undefined {
  switch (node.kind) {
    case "compare": {
      const op = node.op === "ne" ? undefined : COMPARISONS[node.op];
      const slot = plainArgument(node.left, place);
      return op === undefined || slot === undefined || node.right.kind !== "const"
        ? undefined
        : [op, LATER, slot, scalarKey(place.program.constant(node.right))];
    }
    case "member": {
      if (node.item.kind === "const") return holdsInstruction(node, node.item, place);
      const slot = plainArgument(node.item, place);
      if (slot === undefined || node.of.kind !== "const" || !isItems(node.of)) return undefined;
      const items = (place.program.constant(node.of) as readonly Value[]).map(scalarKey);
      return items.length <= FEW
        ? [ONE_OF_FEW, LATER, slot, items]
        : [ONE_OF_MANY, LATER, slot, new Set(items)];
    }
    case "call":
      return callInstruction(node, place);
    default:
      return undefined;
  }
}

function holdsInstruction(
  { of }: NodeOf<"member">,
  item: NodeOf<"const">,
  place: Place,
): readonly unknown[] | undefined {
  const slot = attributeSlot(of, place);
  return slot < 0 || !isItems(of) || item.type.kind === "parsed"
    ? undefined
    : [HOLDS, LATER, slot, place.program.constant(item)];
}

function callInstruction({ fn, args }: NodeOf<"call">, place: Place): readonly unknown[] | undefined {
  const definition = builtins.get(fn);
  const [subject, other] = args;
  if (definition === undefined || subject === undefined || other?.kind !== "const" || args.length !== 2)
    return undefined;
  const slot = argumentSlot(subject, place);
  if (slot === undefined) return undefined;
  const value = place.program.constant(other);
  const apply = definition.specialise?.([undefined, { value }]) ?? callable(definition);
  return [CALL, LATER, slot, value, apply];
}

const COMPARISONS = { eq: EQUAL, lt: LESS, le: AT_MOST, gt: MORE, ge: AT_LEAST } as const;

/** The slot of an argument that is compared as it is: parsed values are by their canonical text. */
const plainArgument = (node: IrExpression, place: Place): number | undefined =>
  typeAt(node, place)?.kind === "parsed" ? undefined : argumentSlot(node, place);

const isItems = (node: IrExpression): boolean =>
  (node.kind === "const" || node.kind === "read") && (node.type.kind === "list" || node.type.kind === "set");

/** The slot of an attribute of the agent; below zero for any other expression. */
const attributeSlot = (node: IrExpression, place: Place): number =>
  node.kind === "read" && node.root === "agent" && node.path.length === 1
    ? slotOf("agent", node.path[0] ?? "", place)
    : -1;
