// What the encoders of one module share.
import type { Field, IrProgram, ParsedTypes, Type } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { DataImage } from "./data-image.ts";
import { FunctionTable } from "./function-table.ts";
import type { TableSlot } from "./header.ts";
import { tableBase } from "./runtime-module.ts";

/** Functions of the runtime that a module carries only where the program needs them, by the slot that names them. */
const PARTS = {
  unreadable: "unreadable_reads",
  matcher: "match_rules",
  waivers: "hold_waivers",
  waived: "write_waived",
  reason: "write_reason",
  shadow: "differing_verdict",
  undecided: "undecided_text",
  reserve: "reserve_all",
  labelEvents: "label_events",
  counterEvents: "counter_events",
} as const satisfies Partial<Record<TableSlot, string>>;
export type Part = keyof typeof PARTS;

export class EncodeContext {
  readonly program: IrProgram;
  readonly image = new DataImage(tableBase());
  readonly functions = new FunctionTable();
  readonly parsedTypes: ParsedTypes = platform.parsedTypes;
  /** Parsed types whose parsers or parts are used. */
  readonly usedTypes = new Set<string>();
  /** Numbers of the parts that are needed; the others stand as 0, which no call survives. */
  readonly parts = new Map<Part, number>();
  /** Addresses of types, and of those of records by their fields: actions have these without a type. */
  readonly types = new Map<Type, number>();
  readonly records = {
    open: new Map<readonly Field[], number>(),
    closed: new Map<readonly Field[], number>(),
  } as const;

  constructor(program: IrProgram) {
    this.program = program;
  }

  need(part: Part): void {
    if (!this.parts.has(part)) this.parts.set(part, this.functions.number(PARTS[part]));
  }

  /** Number of a parser in the function table. */
  parser(type: string): number {
    this.usedTypes.add(type);
    return this.functions.number(`ps_${type}`);
  }

  /** Number of the function that gives a part of a parsed value. */
  part(type: string, part: string): number {
    this.usedTypes.add(type);
    // Paths of both kinds have the same parts.
    return this.functions.number(`pt_${type === "relpath" ? "path" : type}_${part}`);
  }
}
