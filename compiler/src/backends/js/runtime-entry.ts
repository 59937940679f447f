// What a standalone module holds beside its program: the engine, the parsed types, and nothing that needs Node.
import { createNativeEngine, decodeIrText, type Engine } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";

/** The engine for a program as JSON text. Throws when the program is damaged: such a module does not load. */
export function engineFor(text: string): Engine {
  const decoded = decodeIrText(text, platform);
  if (!decoded.ok) throw new Error("the policy in this module is damaged");
  return createNativeEngine(decoded.ir, platform);
}
