// A program that is read and checked action by action, for a process in which nothing decides yet: the one place that knows
// that not all of it was looked at.
import type { Platform } from "../../types/parsed-type.ts";
import { ShapeError } from "../form/codec.ts";
import type { ProgramRead } from "../form/program-document.ts";
import type { ActionIndex, IrExpression, IrProgram, IrRule } from "../ir.ts";
import type { Aim, RuleSource } from "../rule-source.ts";
import { rulesIn } from "../rule-source.ts";
import type { IrProblem } from "./check-program.ts";
import { ProgramChecker } from "./check-program.ts";

/** What an action asks for is read and checked then, if it was not before. What cannot be run throws, from then on always. */
export interface GradualProgram extends RuleSource {
  /** Whoever looks at its rules or expressions waits for all of the program to be checked, and is thrown at too. */
  readonly ir: IrProgram;
  /** What was found to be wrong so far. With one problem nothing of the program may decide. */
  readonly problems: readonly IrProblem[];
  /** Checks some of what is left; true once there is nothing more to do. */
  step(): boolean;
  /** The program, all of it checked; undefined if it cannot be run. */
  whole(): IrProgram | undefined;
}

/** Rules that are looked at in one step. */
const STEP = 50;

/** Checks all but rules and expressions at once. Never throws, but for what it gives. */
export function gradualProgram(program: ProgramRead, platform: Platform): GradualProgram {
  const { frame } = program;
  const problems: IrProblem[] = [];
  /** Until all stands in a program. */
  let open: OpenProgram | undefined = openProgram(program, new ProgramChecker(program, platform, problems));
  let whole: IrProgram | undefined;
  let source: RuleSource | undefined;

  function tell(error: unknown): void {
    if (problems.length === 0 || error instanceof ShapeError) problems.push(problemOf(error));
  }
  /** Whatever goes wrong is a problem of the program. */
  function look<T>(work: (part: OpenProgram) => T): T {
    if (open === undefined || problems.length > 0) throw new Error("the program cannot be run");
    try {
      return work(open);
    } catch (error) {
      tell(error);
      throw error;
    }
  }
  function* rest(): Generator<void, void, void> {
    if (open === undefined) return;
    const { read, checker, rule } = open;
    yield* read.rest();
    const expressions: IrExpression[] = [];
    for (let at = 0; at < read.expressions; at++) expressions.push(expressionOf(read, at));
    read.checkSize();
    frame.actions.forEach((action, at) => checker.checkVisible(action, at));
    yield;
    const rules: IrRule[] = [];
    for (let at = 0; at < read.rules; at++) {
      rules.push(rule(at));
      if (at % STEP === STEP - 1) yield;
    }
    if (problems.length > 0) return;
    whole = { ...frame, expressions, rules };
    source = rulesIn(whole);
    open = undefined;
  }
  const work = rest();
  function step(): boolean {
    try {
      return done || (done = work.next().done === true);
    } catch (error) {
      tell(error);
      return (done = true);
    }
  }
  const all = (): IrProgram | undefined => {
    while (!step());
    return whole;
  };
  const sure = (): IrProgram => {
    const checked = all();
    if (checked === undefined) throw new Error("the program cannot be run");
    return checked;
  };

  try {
    open.checker.checkFrame(program.ruleIds());
  } catch (error) {
    tell(error);
  }
  let done = problems.length > 0;
  return {
    ir: {
      ...frame,
      get expressions() {
        return sure().expressions;
      },
      get rules() {
        return sure().rules;
      },
    },
    problems,
    step,
    whole: all,
    aimsOf(action) {
      if (source !== undefined) return source.aimsOf(action);
      return look(({ aimsOf }) => {
        const aims = aimsOf(action);
        if (problems.length > 0) throw new Error("its rules cannot be run");
        return aims;
      });
    },
    expression: (index) =>
      source === undefined ? look(({ read }) => expressionOf(read, index)) : source.expression(index),
  };
}

/** A program of which not everything was looked at. */
interface OpenProgram {
  readonly read: ProgramRead;
  readonly checker: ProgramChecker;
  /** The rule of that number, which is checked now if it was not before. */
  readonly rule: (index: number) => IrRule;
  /** All rules of an action, each checked; what is wrong is among the checker's problems. */
  readonly aimsOf: (action: ActionIndex) => readonly Aim[];
}

function openProgram(read: ProgramRead, checker: ProgramChecker): OpenProgram {
  const checked: boolean[] = new Array<boolean>(read.rules).fill(false);
  const rule = (index: number): IrRule => {
    const found = read.rule(index);
    // Before anything walks over it.
    read.checkSize();
    if (checked[index] !== true) checker.checkRule(found, index);
    checked[index] = true;
    return found;
  };
  function aimsOf(action: ActionIndex): readonly Aim[] {
    const aims: Aim[] = [];
    // Through all rules: few actions are asked about before everything was checked.
    read.targetsAt(action).forEach((index, at) => {
      if (index === -1) return;
      const found = rule(at);
      const target = found.targets[index];
      if (target === undefined) throw new Error("no such target");
      aims.push({ rule: found, target, index });
    });
    return aims;
  }
  return {
    read,
    checker,
    rule,
    aimsOf,
  };
}

function expressionOf(read: ProgramRead, index: number): IrExpression {
  const found = read.expression(index);
  if (found === undefined) throw new Error("no such expression");
  return found;
}

const problemOf = (error: unknown): IrProblem =>
  error instanceof ShapeError
    ? { path: error.path, message: error.message }
    : { path: "", message: "the program cannot be checked" };
