// What every program has without declaring it: attributes of agent and context, the facts about where values come from.
import type { EnumType, Field, Type } from "@aegis/runtime/core";
import { JSON_TYPE, listOf, optional, setOf, STRING, TIME } from "@aegis/runtime/core";
import type { Span } from "../source/span.ts";
import type { EnumDeclaration, FactDeclaration } from "../syntax/ast.ts";
import type { Name, TypeNode } from "../syntax/expression.ts";
import type { Declared } from "./resolved-program.ts";

const names: Field = { name: "roles", type: listOf(STRING), default: [] };

export const AGENT_FIELDS: readonly Field[] = [
  { name: "id", type: STRING, doc: "Who asks, as the enforcement point verified it." },
  { ...names, doc: "Roles that the identity provider vouches for." },
  { ...names, name: "scopes", doc: "Scopes granted to the agent's credential." },
  { name: "tenant", type: optional(STRING), doc: "The tenant that the agent works for." },
  {
    name: "on_behalf_of",
    type: optional({ kind: "record", fields: [{ name: "id", type: STRING }, names], open: true }),
    doc: "The person for whom the agent acts.",
  },
];

export const CONTEXT_FIELDS: readonly Field[] = [
  { name: "time", type: optional(TIME), doc: "The moment of the call, by the enforcement point's clock." },
  { name: "session", type: optional(STRING), doc: "The session that the enforcement point issued." },
];

/** Where a value of the call comes from. */
export const ORIGIN: EnumType = {
  kind: "enum",
  name: "Origin",
  members: ["prompt", "system", "result", "invented"],
};

const BUILTIN_FILE = "aegis:builtin";
const span: Span = { file: BUILTIN_FILE, start: 0, end: 0 };
const name = (text: string): Name => ({ kind: "name", span, text });
const typeNode: TypeNode = { kind: "type-missing", span };

const fact = (text: string, type: Type, doc: string): Declared => {
  const node: FactDeclaration = {
    kind: "fact",
    span,
    doc,
    annotations: [],
    name: name(text),
    of: typeNode,
    result: typeNode,
  };
  // `json` stands for any type here: the facts are about every value.
  return { kind: "fact", package: "", node, name: text, of: JSON_TYPE, type };
};

const originNode: EnumDeclaration = {
  kind: "enum",
  span,
  doc: "Where a value of the call comes from.",
  annotations: [],
  name: name(ORIGIN.name),
  members: ORIGIN.members.map(name),
};

/** By name; declared ones may not take these names. Facts are named in requests as they are here, without a package. */
export const BUILTIN_DECLARATIONS: ReadonlyMap<string, Declared> = new Map<string, Declared>([
  [ORIGIN.name, { kind: "enum", package: "", node: originNode, type: ORIGIN }],
  [
    "origin",
    fact(
      "origin",
      setOf(ORIGIN),
      "Where the value stood before: in the user's prompt, the system's, an earlier result, or nowhere.",
    ),
  ],
  ["sources", fact("sources", setOf(STRING), "The calls, as `tool.action`, whose results held the value.")],
]);
