// Diagnostics of conversion between Aegis and YAML.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const convertDiagnostics = defineDiagnostics("convert", {
  "no-yaml-form": {
    severity: "warning",
    message: "{what} has no form in YAML",
    help: "{hint}",
  },
});
