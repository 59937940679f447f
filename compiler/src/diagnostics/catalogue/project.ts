// Diagnostics about aegis.json and the files that it names.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const projectDiagnostics = defineDiagnostics("project", {
  "not-json": {
    message: "aegis.json is not JSON",
    help: "check for missing commas and quotes; comments are not allowed",
  },
  invalid: {
    message: "aegis.json at `{place}`: {problem}",
    help: "see docs/cli.md for what aegis.json may hold",
  },
});
