// What may follow a dot, by the type of what stands before it.
import { acceptsArgument, builtins, printType, required, type Field, type Type } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { builtinSignature } from "../../workspace/builtin-signature.ts";
import type { Proposal } from "./proposal.ts";

export function memberProposals(type: Type): readonly Proposal[] {
  const of = required(type);
  return [...partProposals(of), ...methodProposals(of)];
}

function partProposals(type: Type): readonly Proposal[] {
  if (type.kind === "record") return type.fields.map((field) => fieldProposal(field, "argument"));
  if (type.kind !== "parsed") return [];
  return Object.entries(platform.parsedTypes.get(type.name)?.parts ?? {}).map(([label, part]) => ({
    label,
    kind: "part" as const,
    detail: `: ${printType(part.type)}`,
    doc: part.doc,
    rank: 3,
  }));
}

export const fieldProposal = (field: Field, kind: "argument" | "attribute"): Proposal => ({
  label: field.name,
  kind,
  detail: `: ${printType(field.type)}`,
  ...(field.doc === undefined ? {} : { doc: field.doc }),
  ...(/^[A-Za-z_]\w*$/.test(field.name) ? {} : { insert: `\`${field.name}\`` }),
  rank: 2,
});

/** One proposal a name; what is said of it is that of the first definition which takes the type. */
function methodProposals(type: Type): readonly Proposal[] {
  const found = new Map<string, Proposal>();
  for (const builtin of builtins.values()) {
    const [first, ...rest] = builtin.params;
    const name = builtin.sourceName ?? builtin.name;
    if (builtin.syntax !== "method" || first === undefined || found.has(name)) continue;
    if (!acceptsArgument(first.type, type, [])) continue;
    found.set(name, {
      label: name,
      kind: "method",
      detail: builtinSignature(builtin),
      doc: builtin.doc,
      insert: rest.length === 0 ? `${name}()` : `${name}(\${1})`,
      snippet: true,
    });
  }
  return [...found.values()];
}

/** Functions that are written before their arguments. */
export const functionProposals = (): readonly Proposal[] => {
  const found = new Map<string, Proposal>();
  for (const builtin of builtins.values()) {
    const name = builtin.sourceName ?? builtin.name;
    if (builtin.syntax !== "function" || found.has(name)) continue;
    found.set(name, {
      label: name,
      kind: "function",
      detail: builtinSignature(builtin),
      doc: builtin.doc,
      insert: `${name}(\${1})`,
      snippet: true,
    });
  }
  return [...found.values()];
};
