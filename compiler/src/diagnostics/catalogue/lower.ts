// Diagnostics of lowering: what is well-typed and still cannot be compiled.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const lowerDiagnostics = defineDiagnostics("lower", {
  "too-large": {
    message: "`{name}` is too large or too deep once its functions are put in place",
    help: "functions are expanded where they are called: call each once, nest less, or split the rule",
  },
});
