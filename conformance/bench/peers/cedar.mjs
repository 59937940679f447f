// cedar-wasm, pre-parsed: a permit or a forbid each. Approvals, which Cedar has not, are a set of their own,
// asked when the first grants.
import { createRequire } from "node:module";

const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");

function condition({ field, op, value }) {
  const subject = `context.${field}`;
  if (op === "eq") return `${subject} == ${JSON.stringify(value)}`;
  if (op === "in") return `${JSON.stringify(value)}.contains(${subject})`;
  if (op === "prefix") return `${subject} like ${JSON.stringify(`${value}*`)}`;
  if (op === "suffix") return `${subject} like ${JSON.stringify(`*${value}`)}`;
  return `${subject} ${op === "le" ? "<=" : ">"} ${value}`;
}

const policy = ({ effect, role, tool, action, when }) =>
  `${effect === "deny" ? "forbid" : "permit"}(principal in Role::${JSON.stringify(role)}, action == Action::${JSON.stringify(`${tool}.${action}`)}, resource) when { ${when.map(condition).join(" && ")} };`;

export default {
  load(rules) {
    // Cedar names the forbids of a denial and the permits of a grant only: permits and approvals are asked apart.
    const sets = {
      main: rules.filter(({ effect }) => effect !== "approval"),
      ask: rules.filter(({ effect }) => effect === "approval"),
    };
    for (const [name, own] of Object.entries(sets)) {
      const parsed = cedar.preparsePolicySet(name, {
        staticPolicies: Object.fromEntries(own.map((rule) => [rule.id, policy(rule)])),
      });
      if (parsed.type !== "success") throw new Error(JSON.stringify(parsed));
    }
    const ask = (name, call) => {
      const answer = cedar.statefulIsAuthorized({ ...call, preparsedPolicySetId: name });
      if (answer.type !== "success") throw new Error(JSON.stringify(answer));
      return answer.response;
    };
    return {
      prepare: (requests) =>
        requests.map(({ agent, tool, action, args: { env, resource, host, amount } }) => ({
          principal: { type: "Agent", id: agent.id },
          action: { type: "Action", id: `${tool}.${action}` },
          resource: { type: "Tool", id: tool },
          context: { env, resource, host, amount },
          entities: [
            {
              uid: { type: "Agent", id: agent.id },
              attrs: {},
              parents: agent.roles.map((id) => ({ type: "Role", id })),
            },
            ...agent.roles.map((id) => ({ uid: { type: "Role", id }, attrs: {}, parents: [] })),
          ],
          preparsedSchemaName: null,
          validateRequest: false,
        })),
      decide(call) {
        const main = ask("main", call);
        if (main.decision !== "allow") return { decision: "deny", rules: main.diagnostics.reason };
        const asked = ask("ask", call);
        return asked.decision === "allow"
          ? { decision: "approval_needed", rules: asked.diagnostics.reason }
          : { decision: "allow", rules: main.diagnostics.reason };
      },
      answer: (decided) => decided,
    };
  },
};
