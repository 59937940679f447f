// TypeScript declarations of a policy module: every tool and action with the types of its arguments.
import type { Field, IrAction, IrProgram, Type } from "@aegis/runtime/core";

const quote = (text: string): string =>
  JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** What JSON of a type looks like, as TypeScript. Whole numbers and decimals may come as text. */
function typeText(type: Type): string {
  switch (type.kind) {
    case "bool":
      return "boolean";
    case "int":
    case "decimal":
      return "number | string";
    case "string":
    case "parsed":
    case "time":
    case "duration":
      return "string";
    case "enum":
      return type.members.length === 0 ? "never" : type.members.map(quote).join(" | ");
    case "json":
      return "unknown";
    case "list":
    case "set":
      return `readonly (${typeText(type.of)})[]`;
    case "map":
      return `{ readonly [key: string]: ${typeText(type.of)} }`;
    case "headers":
      return "{ readonly [name: string]: string }";
    case "record":
      return recordText(type.fields, type.open);
    case "optional":
      return `${typeText(type.of)} | null`;
  }
}

function recordText(fields: readonly Field[], open: boolean): string {
  const members = fields.map(({ name, type, default: value }) => {
    const mark = type.kind === "optional" || value !== undefined ? "?" : "";
    return `readonly ${quote(name)}${mark}: ${typeText(type)}`;
  });
  if (open) members.push("readonly [key: string]: unknown");
  return members.length === 0 ? "{ readonly [key: string]: never }" : `{ ${members.join("; ")} }`;
}

const callText = ({ tool, action, params, open }: IrAction): string =>
  `  | {\n      readonly tool: ${quote(tool)};\n      readonly action: ${quote(action)};\n      readonly args: ${recordText(params, open)};\n    }`;

/** Text of the `.d.ts` beside the module. */
export function emitDeclarations(program: IrProgram, banner: string): string {
  const calls = program.actions.map(callText).join("\n");
  return `// ${banner}

/** A call that this policy knows: tool, action, and arguments of their types. */
export type Call =${calls === "" ? " never" : `\n${calls}`};

/** Who asks. Attributes that the policy does not declare are ignored. */
export type Agent = ${recordText(program.agent, true)};
export type Context = ${recordText(program.context, true)};

/** The document that is decided; see the request schema of Aegis. */
export type Request = Call & {
  readonly phase?: "call" | "result";
  readonly agent: Agent;
  readonly context?: Context;
  readonly state?: {
    readonly schema?: string;
    readonly epoch?: number;
    readonly labels?: { readonly [cell: string]: unknown };
    readonly counters?: { readonly [cell: string]: unknown };
  };
  readonly facts?: { readonly [pointer: string]: { readonly [fact: string]: unknown } };
  readonly result?: { readonly status: "ok" | "error" | "unknown"; readonly value?: unknown };
};

export type Obligation =
  | {
      readonly type: "approval";
      readonly rule: string;
      readonly by: readonly { readonly role?: string; readonly user?: string; readonly count: number }[];
      readonly via?: readonly string[];
      readonly within?: string;
    }
  | {
      readonly type: "redact";
      readonly rule: string;
      readonly path: string;
      readonly matching?: string;
      readonly with: "remove" | "mask" | "hash" | { readonly replace: unknown } | { readonly truncate: number };
    }
  | {
      readonly type: "reserve";
      readonly rule: string;
      readonly counter: string;
      readonly key?: readonly string[];
      readonly amount: string;
    };

export interface Verdict {
  readonly decision: "allow" | "sanitize" | "approval_needed" | "deny";
  readonly code: string;
  readonly rules: readonly string[];
  readonly obligations: readonly Obligation[];
}

export interface Decision extends Verdict {
  readonly reason: string;
  readonly hint?: string;
  readonly shadow?: Verdict;
  readonly waived?: readonly { readonly rule: string; readonly exception: string; readonly until: string }[];
}

/** Decides a request. Never throws; whatever is wrong is a deny with its code. */
export function decide(request: Request): Decision;
/** Decides a request given as JSON text or its UTF-8 bytes. Never throws. */
export function decideText(text: string | Uint8Array): Decision;
/** The actions that an agent may see at all, sorted. */
export function visible(request: {
  readonly agent: Agent;
  readonly context?: Context;
}): readonly { readonly tool: string; readonly action: string }[];
`;
}
