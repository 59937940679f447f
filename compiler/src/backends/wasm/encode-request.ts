// The type of requests: a record that the runtime reads like any other, and what it holds of agent and context.
import type { Field } from "@aegis/runtime/core";
import { NONE } from "./data-image.ts";
import type { EncodeContext } from "./encode-context.ts";
import { encodeField, encodeType, HOW, type RecordField, recordWords } from "./encode-types.ts";

/** Address of the type; its fields stand in the order of the runtime. */
export function encodeRequest(context: EncodeContext): number {
  const { program, functions, image } = context;
  const json = { type: encodeType({ kind: "json" }, context), how: HOW.kept };
  const text = { type: encodeType({ kind: "string" }, context), how: HOW.text };
  const attributes = { kind: "record", fields: program.context, open: true } as const;
  const types = {
    phase: json,
    agent: encodeAgent(program.agent, context),
    tool: text,
    action: text,
    args: { ...json, how: HOW.args },
    context: encodeField({ name: "context", type: { kind: "optional", of: attributes } }, context),
    state: json,
    facts: json,
    result: json,
  };
  const fields = Object.entries(types).map(([name, type]) => ({
    ...type,
    name: image.text(name),
    missing: NONE,
  }));
  return image.words([functions.number("rd_record"), ...recordWords(fields, false)]);
}

/** The runtime asks for a text as the agent's id, whatever is declared; where the type sees to that it need not look. */
function encodeAgent(fields: readonly Field[], context: EncodeContext): Pick<RecordField, "type" | "how"> {
  const type = { kind: "record", fields, open: true } as const;
  const id = fields.find(({ name }) => name === "id");
  if ((id?.type.kind === "string" || id?.type.kind === "enum") && id.default === undefined)
    return encodeField({ name: "agent", type }, context);
  const words = recordWords(
    fields.map((field) => encodeField(field, context)),
    true,
  );
  const agent = context.image.words([context.functions.number("rd_agent"), ...words]);
  return { type: agent, how: HOW.node };
}
