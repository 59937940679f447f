// Constants, parameters and functions are checked where they are declared, used or not.
import type { ResolvedModule } from "../../resolver/resolved-program.ts";
import type { Declarations } from "./declarations.ts";

export function checkConstants(declarations: Declarations, module: ResolvedModule): void {
  for (const item of module.module.items) {
    if (item.kind !== "const" && item.kind !== "param" && item.kind !== "fn") continue;
    const declared = module.lookup(item.name.text);
    if (declared === undefined || !("node" in declared) || declared.node !== item) continue;
    if (declared.kind === "fn") declarations.function(declared);
    else if (declared.kind === "const" || declared.kind === "param")
      declarations.constant(declared, item.name.text, item.name.span);
  }
}
