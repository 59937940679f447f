// Which engine decides: the one place where hosts choose, and where code from text is allowed or not.
import type { IrProgram } from "../ir/ir.ts";
import type { RuleSource } from "../ir/rule-source.ts";
import type { Platform } from "../types/parsed-type.ts";
import type { Engine } from "./engine.ts";
import { createInterpreter } from "./interpreter/create-interpreter.ts";
import { createNativeEngine } from "./native/create-native-engine.ts";
import { whenHot } from "./native/generate-rules.ts";

export interface EngineOptions {
  /** `native` is what production runs, and the default; `reference` the interpreter that all engines are compared with. */
  readonly engine?: "native" | "reference";
  /**
   * Lets the native engine turn rules that are tried often into JavaScript. Only for a program whose origin is verified: a
   * signed bundle, or sources compiled here. Where the host forbids code from text nothing changes but the speed.
   */
  readonly codegen?: boolean;
  /** Where the native engine gets rules from, an action at a time, instead of from `ir`. */
  readonly rules?: RuleSource;
}

/** `ir` comes from `decodeIr` or from the compiler. */
export const createEngine = (ir: IrProgram, platform: Platform, options: EngineOptions = {}): Engine =>
  options.engine === "reference"
    ? createInterpreter(ir, platform)
    : createNativeEngine(ir, platform, {
        promotion: options.codegen === true ? whenHot : null,
        ...(options.rules === undefined ? {} : { rules: options.rules }),
      });
