// `/aegis/schema.json`: what a caller may send, and the digest that a state snapshot must name.
import type { IrProgram } from "@aegis/runtime/core";
import type { PlainJson } from "@aegis/runtime/enforce";

/** Types of agent, context and every action, cells of the state, and the state's digest. */
export function bundleSchema(ir: IrProgram): PlainJson {
  const schema = {
    format: "aegis-schema/1",
    agent: ir.agent,
    context: ir.context,
    facts: ir.facts,
    actions: ir.actions.map(({ tool, action, params, open, result }) => ({
      tool,
      action,
      params,
      open,
      result,
    })),
    state: {
      digest: ir.stateDigest,
      labels: ir.labels.map(({ id, scope, key, max }) => ({ id, scope, key, max })),
      counters: ir.counters.map(({ id, type, scope, key, window, max }) => ({
        id,
        type,
        scope,
        key,
        window,
        max,
      })),
    },
  };
  return schema as unknown as PlainJson;
}
