// casbin: a policy line a rule, the conditions in a JavaScript function that the matcher calls; effects gathered by the host.
import { newEnforcer, newModelFromString } from "casbin";

const MODEL = `
[request_definition]
r = sub, tool, act, args
[policy_definition]
p = id, role, tool, act, eft
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.tool == p.tool && r.act == p.act && applies(p.id, r.sub, p.role, r.args)
`;

function holds({ field, op, value }, args) {
  const subject = args[field];
  if (op === "eq") return subject === value;
  if (op === "in") return value.includes(subject);
  if (op === "prefix") return subject.startsWith(value);
  if (op === "suffix") return subject.endsWith(value);
  return op === "le" ? subject <= value : subject > value;
}

export default {
  async load(rules) {
    const enforcer = await newEnforcer(newModelFromString(MODEL));
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    await enforcer.addPolicies(rules.map(({ id, role, tool, action }) => [id, role, tool, action, "deny"]));
    let matched = [];
    // Every rule is tried and none is granted here: what matches is gathered.
    enforcer.addFunction("applies", (id, roles, role, args) => {
      const rule = byId.get(id);
      if (roles.includes(role) && rule.when.every((each) => holds(each, args))) matched.push(id);
      return false;
    });
    return {
      prepare: (requests) => requests,
      decide({ agent, tool, action, args }) {
        matched = [];
        enforcer.enforceSync(agent.roles, tool, action, args);
        const effects = new Set(matched.map((id) => byId.get(id).effect));
        const denied = effects.has("deny") || !effects.has("allow");
        return {
          decision: denied ? "deny" : effects.has("approval") ? "approval_needed" : "allow",
          rules: matched,
        };
      },
      answer: (decided) => decided,
    };
  },
};
