// The registry of diagnostics: one line a phase.
import type { DiagnosticInfo } from "../define-diagnostics.ts";
import { declarationDiagnostics } from "./declaration.ts";
import { formatDiagnostics } from "./format.ts";
import { lowerDiagnostics } from "./lower.ts";
import { nameDiagnostics } from "./name.ts";
import { policyDiagnostics } from "./policy.ts";
import { projectDiagnostics } from "./project.ts";
import { stateDiagnostics } from "./state.ts";
import { syntaxDiagnostics } from "./syntax.ts";
import { testDiagnostics } from "./test.ts";
import { toolDiagnostics } from "./tools.ts";
import { typeDiagnostics } from "./type.ts";
import { convertDiagnostics } from "./convert.ts";
import { yamlDiagnostics } from "./yaml.ts";

/** Every diagnostic that the compiler can give, by phase. */
export const ALL_DIAGNOSTICS: readonly DiagnosticInfo[] = [
  ...syntaxDiagnostics.$all,
  ...nameDiagnostics.$all,
  ...declarationDiagnostics.$all,
  ...toolDiagnostics.$all,
  ...typeDiagnostics.$all,
  ...stateDiagnostics.$all,
  ...policyDiagnostics.$all,
  ...testDiagnostics.$all,
  ...formatDiagnostics.$all,
  ...lowerDiagnostics.$all,
  ...projectDiagnostics.$all,
  ...yamlDiagnostics.$all,
  ...convertDiagnostics.$all,
];
