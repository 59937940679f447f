// Diagnostics of the formatter.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const formatDiagnostics = defineDiagnostics("format", {
  unsound: {
    message: "the formatter would have changed what this file means, so it left the file alone",
    help: "this is a mistake of the formatter, not yours: please report it with the file",
  },
});
