// Constants, parameters and functions are checked where they are declared, used or not.
import type { ResolvedModule } from "../../resolver/resolved-program.ts";
import type { CheckedConstant, CheckedFunction } from "../checked-program.ts";
import { isError } from "../checked.ts";
import type { FunctionDeclaration } from "../../syntax/ast.ts";
import type { Declarations } from "./declarations.ts";

/** What came of the declarations of all files. */
export interface DeclaredValues {
  readonly functions: Map<FunctionDeclaration, CheckedFunction>;
  readonly constants: Map<object, CheckedConstant>;
}

export function checkConstants(
  declarations: Declarations,
  module: ResolvedModule,
  { functions, constants }: DeclaredValues,
): void {
  for (const item of module.module.items) {
    if (item.kind !== "const" && item.kind !== "param" && item.kind !== "data" && item.kind !== "fn")
      continue;
    const declared = module.lookup(item.name.text);
    if (declared === undefined || !("node" in declared) || declared.node !== item) continue;
    if (declared.kind === "fn") {
      const info = declarations.function(declared);
      if (info !== undefined) functions.set(declared.node, info.function);
    } else if (declared.kind === "const" || declared.kind === "param") {
      const { type, value } = declarations.constant(declared, item.name.text, item.name.span);
      if (!isError(type)) constants.set(item, value === undefined ? { type } : { type, value });
    } else if (declared.kind === "data") {
      const { type, value } = declared;
      constants.set(item, value === null ? { type } : { type, value });
    }
  }
}
