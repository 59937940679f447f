// json-rules-engine: a rule each, conditions over facts, events for what matches.
import { Engine } from "json-rules-engine";

const condition = ({ field, op, value }) => ({
  fact: "args",
  path: `$.${field}`,
  operator: {
    eq: "equal",
    in: "in",
    prefix: "prefix",
    suffix: "suffix",
    le: "lessThanInclusive",
    gt: "greaterThan",
  }[op],
  value,
});

export default {
  load(rules) {
    const engine = new Engine();
    engine.addOperator("prefix", (fact, value) => fact.startsWith(value));
    engine.addOperator("suffix", (fact, value) => fact.endsWith(value));
    for (const { id, effect, role, tool, action, when } of rules) {
      engine.addRule({
        conditions: {
          all: [
            { fact: "tool", operator: "equal", value: tool },
            { fact: "action", operator: "equal", value: action },
            { fact: "roles", operator: "contains", value: role },
            ...when.map(condition),
          ],
        },
        event: { type: effect, params: { id } },
      });
    }
    return {
      prepare: (requests) =>
        requests.map(({ agent, tool, action, args }) => ({ roles: agent.roles, tool, action, args })),
      async decide(facts) {
        const { events } = await engine.run(facts);
        const effects = new Set(events.map(({ type }) => type));
        const denied = effects.has("deny") || !effects.has("allow");
        return {
          decision: denied ? "deny" : effects.has("approval") ? "approval_needed" : "allow",
          rules: events.map(({ params }) => params.id),
        };
      },
      answer: (decided) => decided,
    };
  },
};
