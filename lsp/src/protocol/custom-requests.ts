// Requests and notifications beside the protocol's own: names and shapes, for clients. Knows nothing of the server.

export interface PositionShape {
  /** Zero-based; UTF-16. */
  readonly line: number;
  readonly character: number;
}
export interface RangeShape {
  readonly start: PositionShape;
  readonly end: PositionShape;
}
export interface LocationShape {
  readonly uri: string;
  readonly range: RangeShape;
}

/** What a client may tell at the start, in `initializationOptions`. */
export interface InitializationOptions {
  /**
   * Whether the person trusts these files. Untrusted (the default): syntax, types and formatting only; no test is run, no
   * request evaluated, no code generated.
   */
  readonly trusted?: boolean;
  /** The client answers `readFile` and `listFiles`: for servers without a disk. */
  readonly files?: boolean;
  /** Where pages about diagnostics are read: `<base>/<phase>-<slug>`; none by default. */
  readonly documentationBase?: string;
}

/** Client to server, a notification: the person has decided about trust. */
export const SET_TRUST = "aegis/setTrust";
export interface SetTrustParams {
  readonly trusted: boolean;
}

/** Client to server: the text of a read-only document (`aegis-std:/tools.aegis`). */
export const DOCUMENT_TEXT = "aegis/documentText";
export interface DocumentTextParams {
  readonly uri: string;
}
export type DocumentTextResult = { readonly text: string } | null;

/** Server to client: a file below a root, for servers without a disk. */
export const READ_FILE = "aegis/readFile";
export interface ReadFileParams {
  readonly root: string;
  readonly path: string;
}
export type ReadFileResult =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

/** Server to client: paths of policies, JSON and YAML files below a root. */
export const LIST_FILES = "aegis/listFiles";
export interface ListFilesParams {
  readonly root: string;
}
export type ListFilesResult = readonly string[];

/** Client to server: the tests and properties of a document, or of all projects. */
export const TESTS = "aegis/tests";
export interface TestsParams {
  readonly uri?: string;
}
export interface TestItemShape {
  /** Unique and stable while the title is. */
  readonly id: string;
  readonly title: string;
  readonly kind: "test" | "property";
  readonly location: LocationShape;
  readonly package: string;
}
export type TestsResult = readonly TestItemShape[];

/** Client to server: runs tests of the project of a document. Refused in untrusted workspaces. */
export const RUN_TESTS = "aegis/runTests";
export interface RunTestsParams {
  readonly uri: string;
  /** Ids of `TestItemShape`; all of the project when absent. */
  readonly ids?: readonly string[];
  readonly coverage?: boolean;
}
export interface TestFailureShape {
  readonly message: string;
  readonly details: readonly string[];
  readonly location: LocationShape;
}
export interface TestResultShape {
  readonly id: string;
  readonly status: "passed" | "failed";
  /** Milliseconds. */
  readonly durationMs: number;
  readonly failures: readonly TestFailureShape[];
}
export interface CoverageShape {
  readonly uri: string;
  readonly rules: readonly {
    readonly id: string;
    readonly range: RangeShape;
    readonly matched: number;
    readonly missed: number;
    readonly conditions: readonly {
      readonly range: RangeShape;
      readonly held: number;
      readonly failed: number;
    }[];
  }[];
}
export type RunTestsResult =
  | {
      readonly ok: true;
      readonly results: readonly TestResultShape[];
      readonly coverage: readonly CoverageShape[] | null;
      /** Of the properties, to run them again alike. */
      readonly seed: number;
    }
  /** Untrusted, or the policy has errors. */
  | { readonly ok: false; readonly reason: string };

/** Client to server: decides a request by the policy of a document and explains it. Refused in untrusted workspaces. */
export const EVALUATE = "aegis/evaluate";
export interface EvaluateParams {
  /** A policy; or the request itself, whose project decides. */
  readonly uri: string;
  /** A `*.request.json` document, or the text of a request. */
  readonly request: { readonly uri: string } | { readonly text: string };
}
export interface EvaluatedRule {
  readonly id: string;
  readonly effect: "allow" | "sanitize" | "approval" | "deny";
  readonly shadow: boolean;
  readonly outcome: string;
  /** Null for a rule of the library. */
  readonly location: LocationShape | null;
  readonly unreadable: readonly string[];
  readonly conditions: readonly {
    readonly location: LocationShape;
    readonly text: string;
    readonly role: "for" | "when" | "unless";
    readonly held: boolean;
    readonly values: readonly { readonly place: string; readonly value: string }[];
  }[];
}
export type EvaluateResult =
  | {
      readonly ok: true;
      /** The decision document, as every engine gives it. */
      readonly decision: unknown;
      readonly invalid: readonly {
        readonly path: string;
        readonly expected: string;
        readonly problem: string;
      }[];
      readonly rules: readonly EvaluatedRule[];
      readonly nearest: { readonly id: string; readonly missing: readonly string[] } | null;
    }
  | { readonly ok: false; readonly reason: string };

/** Client to server: the requests that lie beside a policy. */
export const REQUESTS_BESIDE = "aegis/requestsBeside";
export interface RequestsBesideParams {
  readonly uri: string;
}
export type RequestsBesideResult = readonly { readonly uri: string; readonly name: string }[];

/** Client to server: the Rego that a policy becomes. Refused in untrusted workspaces. */
export const REGO_PREVIEW = "aegis/regoPreview";
export interface RegoPreviewParams {
  readonly uri: string;
}
export type RegoPreviewResult =
  | {
      readonly ok: true;
      /** All generated files, one after the other. */
      readonly text: string;
      /** Which lines came of which rule, in the order of the text; both ends count. */
      readonly map: readonly {
        readonly rule: string;
        readonly source: LocationShape;
        readonly startLine: number;
        readonly endLine: number;
      }[];
    }
  | { readonly ok: false; readonly reason: string };

/** Client to server: a policy in the other form of writing. */
export const CONVERT = "aegis/convert";
export interface ConvertParams {
  readonly uri: string;
  readonly to: "aegis" | "yaml";
}
export type ConvertResult =
  | {
      readonly ok: true;
      readonly text: string;
      /** Where the text belongs, beside the document. */
      readonly uri: string;
      /** What the other form cannot say. */
      readonly lost: readonly string[];
    }
  | { readonly ok: false; readonly reason: string };

/** Server to client, a notification: the state of a project, for a status bar. */
export const STATUS = "aegis/status";
export interface StatusParams {
  readonly root: string;
  readonly files: number;
  readonly rules: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Commands that code lenses name; the client carries them out. Arguments: a `TestItemShape`, or the URI of a request. */
export const RUN_TEST_COMMAND = "aegis.runTest";
export const DEBUG_TEST_COMMAND = "aegis.debugTest";
export const EVALUATE_COMMAND = "aegis.evaluateRequest";
