// The type of requests: a record that the runtime reads like any other, and what it holds of agent and context.
import type { Field } from "@aegis/runtime/core";
import { NONE } from "./data-image.ts";
import type { EncodeContext } from "./encode-context.ts";
import { encodeField, encodeRecord, encodeType, MANNER, recordWords } from "./encode-types.ts";

/** Address of the type; its fields stand in the order of the runtime. */
export function encodeRequest(context: EncodeContext): number {
  const { program, functions, image } = context;
  const json = encodeType({ kind: "json" }, context);
  const text = encodeType({ kind: "string" }, context) + 1;
  const args = image.words([functions.number("rd_json") | (MANNER.args << 16)]);
  const attributes = encodeType(
    { kind: "optional", of: { kind: "record", fields: program.context, open: true } },
    context,
  );
  const types = {
    phase: json,
    agent: encodeAgent(program.agent, context),
    tool: text,
    action: text,
    args,
    context: attributes,
    state: json,
    facts: json,
    result: json,
  };
  const fields = Object.entries(types).map(([name, type]) => ({
    key: image.key(name),
    type,
    missing: NONE,
  }));
  return image.words([functions.number("rd_record") | (MANNER.record << 16), ...recordWords(fields, false)]);
}

/** The runtime asks for a text as the agent's id, whatever is declared; where the type sees to that it need not look. */
function encodeAgent(fields: readonly Field[], context: EncodeContext): number {
  const id = fields.find(({ name }) => name === "id");
  if ((id?.type.kind === "string" || id?.type.kind === "enum") && id.default === undefined)
    return encodeRecord(fields, true, context);
  const words = recordWords(
    fields.map((field) => encodeField(field, context)),
    true,
  );
  return context.image.words([context.functions.number("rd_agent"), ...words]);
}
