// The project file aegis.json: its shape, its defaults, and what is wrong with one.
import type { ErrorObject, ValidateFunction } from "ajv";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { projectDiagnostics } from "../diagnostics/catalogue/project.ts";
import { validate as validateProject } from "./validate-project.generated.ts";

export interface ProjectFile {
  readonly name: string;
  readonly sources: readonly string[];
  readonly exclude: readonly string[];
  /** By `package.name`: a file to read, relative to the project, or the value. */
  readonly data: ReadonlyMap<string, { readonly file: string } | { readonly value: unknown }>;
  readonly params: ReadonlyMap<string, unknown>;
  readonly environments: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  readonly channels: ReadonlySet<string>;
  readonly keys: readonly Readonly<Record<string, string>>[];
  readonly serial: number;
  readonly mode: "enforce" | "observe";
  /** As written: the time from which bundles that observe enforce. */
  readonly observeUntil: string | null;
  readonly coverageThreshold: number | null;
  readonly lint: ReadonlyMap<string, "off" | "warning" | "error">;
}

export const PROJECT_FILE_NAME = "aegis.json";
export const DEFAULT_SOURCES = ["**/*.aegis", "**/*.aegis.{yaml,yml,json}"] as const;

interface RawProject {
  readonly name?: string;
  readonly sources?: string[];
  readonly exclude?: string[];
  readonly data?: Record<string, string | { value: unknown }>;
  readonly params?: Record<string, unknown>;
  readonly environments?: Record<string, { params?: Record<string, unknown> }>;
  readonly channels?: string[];
  readonly keys?: Record<string, string>[];
  readonly serial?: number;
  readonly mode?: "enforce" | "observe";
  readonly observe_until?: string;
  readonly coverage?: { threshold?: number };
  readonly lint?: Record<string, "off" | "warning" | "error">;
}

/** By the published JSON Schema. */
const validate = validateProject as unknown as ValidateFunction<RawProject>;

/** Reads the text of an aegis.json; the project is null when there are errors. */
export function parseProjectFile(
  path: string,
  text: string,
): { project: ProjectFile | null; diagnostics: Diagnostic[] } {
  const whole = { file: path, start: 0, end: text.length };
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return { project: null, diagnostics: [projectDiagnostics["not-json"](whole)] };
  }
  if (!validate(raw)) {
    return {
      project: null,
      diagnostics: (validate.errors ?? []).map((error) =>
        projectDiagnostics["invalid"](whole, { place: error.instancePath || "/", problem: describe(error) }),
      ),
    };
  }
  return { project: fromRaw(raw), diagnostics: [] };
}

/** The project of a folder without aegis.json. */
export const defaultProject = (): ProjectFile => fromRaw({});

const describe = (error: ErrorObject): string =>
  error.keyword === "additionalProperties"
    ? `has an unknown key \`${String(error.params["additionalProperty"])}\``
    : (error.message ?? "is not valid");

function fromRaw(raw: RawProject): ProjectFile {
  return {
    name: raw.name ?? "policy",
    sources: raw.sources ?? DEFAULT_SOURCES,
    exclude: raw.exclude ?? [],
    data: new Map(
      Object.entries(raw.data ?? {}).map(([name, each]) => [
        name,
        typeof each === "string" ? { file: each } : { value: each.value },
      ]),
    ),
    params: new Map(Object.entries(raw.params ?? {})),
    environments: new Map(
      Object.entries(raw.environments ?? {}).map(([name, each]) => [
        name,
        new Map(Object.entries(each.params ?? {})),
      ]),
    ),
    channels: new Set(raw.channels ?? []),
    keys: raw.keys ?? [],
    serial: raw.serial ?? 0,
    mode: raw.mode ?? "enforce",
    observeUntil: raw.observe_until ?? null,
    coverageThreshold: raw.coverage?.threshold ?? null,
    lint: new Map(Object.entries(raw.lint ?? {})),
  };
}

/** Params of an environment over the project's own; null when the environment is not declared. */
export function paramsOf(
  project: ProjectFile,
  environment: string | null,
): ReadonlyMap<string, unknown> | null {
  if (environment === null) return project.params;
  const own = project.environments.get(environment);
  return own === undefined ? null : new Map([...project.params, ...own]);
}
