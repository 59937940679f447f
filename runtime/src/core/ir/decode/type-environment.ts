// Where an expression stands when its type is inferred: what it may read, and what was inferred there before.
import type { BuiltinDefinition } from "../../builtins/define-builtin.ts";
import type { ParsedTypes } from "../../types/parsed-type.ts";
import type { Field, RecordType, Type } from "../../types/type.ts";
import { RESULT_STATUS, optional } from "../../types/type.ts";
import type { IrAction, IrExpression, IrFrame, IrReads, IrRoot } from "../ir.ts";

export interface Inferred {
  readonly type: Type;
  /** Steps at the worst, those of `within` included. */
  readonly cost: number;
  /** What it names that may be unreadable; `NO_READS` itself where that is nothing. */
  readonly reads: IrReads;
  /**
   * Steps through lists that stand in a variable, by its level from the outside. Where the variable runs through a part of a
   * parsed value, all those lists share one bound (see `ParsedTypeDefinition.parts`).
   */
  readonly within?: ReadonlyMap<number, number>;
}

/** What may be read: `list` sees agent and context, `call` arguments and state too, `result` also the result. */
export type Stage = "list" | "call" | "result";

/** What is the same wherever an expression of a program stands. */
export interface ProgramTypes {
  readonly program: IrFrame;
  readonly parsedTypes: ParsedTypes;
  /** Types that were looked at and make sense. */
  readonly sound: Set<Type>;
  readonly constants: Map<IrExpression, Inferred>;
  readonly calls: Map<BuiltinDefinition, KnownCall[]>;
}

/** What a builtin gives and costs for arguments of these types. */
export interface KnownCall {
  readonly types: readonly Type[];
  readonly type: Type;
  readonly cost: number;
}

export class TypeEnvironment {
  readonly types: ProgramTypes;
  /** Roots that may be read here, as records. */
  readonly roots: ReadonlyMap<IrRoot, RecordType>;
  /** Labels, counters and facts may be read here. */
  readonly state: boolean;
  /** Types of the variables, the innermost first. */
  readonly locals: readonly Type[];
  /** What nodes come to here: what stands at many places is looked at once. */
  readonly known = new Map<IrExpression, Inferred>();
  readonly #inner = new Map<Type, TypeEnvironment>();

  constructor(
    types: ProgramTypes,
    roots: ReadonlyMap<IrRoot, RecordType>,
    state: boolean,
    locals: readonly Type[] = [],
  ) {
    this.types = types;
    this.roots = roots;
    this.state = state;
    this.locals = locals;
  }

  /** Below one more variable. */
  with(local: Type): TypeEnvironment {
    const known = this.#inner.get(local);
    if (known !== undefined) return known;
    const inner = new TypeEnvironment(this.types, this.roots, this.state, [local, ...this.locals]);
    this.#inner.set(local, inner);
    return inner;
  }
}

type ByResult = Map<Type | null, TypeEnvironment>;

/** The environments of a program: actions of the same parameters (and result, where it is read) share theirs. */
export class TypeEnvironments {
  readonly #types: ProgramTypes;
  readonly #byAction: Readonly<Record<Stage, (TypeEnvironment | undefined)[]>>;
  readonly #byShape = new Map<string, Map<readonly Field[], ByResult>>();

  constructor(types: ProgramTypes) {
    this.#types = types;
    // Own places, or what others put on `Object.prototype` would be found.
    const none = types.program.actions.map(() => undefined);
    this.#byAction = { list: none.slice(), call: none.slice(), result: none };
  }

  /** Undefined where there is no such action. */
  of(index: number, stage: Stage): TypeEnvironment | undefined {
    const known = this.#byAction[stage][index];
    if (known !== undefined) return known;
    const action = this.#types.program.actions[index];
    return action && (this.#byAction[stage][index] = this.#ofShape(action, stage));
  }

  #ofShape({ params, open, result }: IrAction, stage: Stage): TypeEnvironment {
    const given = stage === "list" ? NONE : params;
    const shape = stage === "list" ? stage : `${stage} ${String(open)}`;
    const byParams = this.#byShape.get(shape) ?? new Map<readonly Field[], ByResult>();
    this.#byShape.set(shape, byParams);
    const byResult: ByResult = byParams.get(given) ?? new Map();
    byParams.set(given, byResult);
    const read = stage === "result" ? result : null;
    const known = byResult.get(read) ?? this.#make(given, open, stage, result);
    byResult.set(read, known);
    return known;
  }

  #make(params: readonly Field[], open: boolean, stage: Stage, result: Type): TypeEnvironment {
    const { agent, context } = this.#types.program;
    const roots = new Map<IrRoot, RecordType>([
      ["agent", record(agent, true)],
      ["context", record(context, true)],
    ]);
    if (stage !== "list") roots.set("args", record(params, open));
    if (stage === "result") {
      const fields = [
        { name: "status", type: RESULT_STATUS },
        { name: "value", type: optional(result) },
      ];
      roots.set("result", record(fields, false));
    }
    return new TypeEnvironment(this.#types, roots, stage !== "list");
  }
}

const NONE: readonly Field[] = [];
const record = (fields: readonly Field[], open: boolean): RecordType => ({ kind: "record", fields, open });
