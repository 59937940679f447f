// What the encoders of one module share.
import type { IrProgram, ParsedTypes } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { DataImage } from "./data-image.ts";
import { FunctionTable, tableBase } from "./link-module.ts";

export class EncodeContext {
  readonly program: IrProgram;
  readonly image = new DataImage(tableBase());
  readonly functions = new FunctionTable();
  readonly parsedTypes: ParsedTypes = platform.parsedTypes;
  /** Parsed types whose parsers or parts are used. */
  readonly usedTypes = new Set<string>();

  constructor(program: IrProgram) {
    this.program = program;
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
