// Rules by tool, action and role: the index that a host of a general-purpose engine builds.
export function indexRules(rules, prepare) {
  const index = new Map();
  for (const rule of rules) {
    const key = JSON.stringify([rule.tool, rule.action, rule.role]);
    const known = index.get(key) ?? [];
    known.push({ id: rule.id, effect: rule.effect, test: prepare(rule) });
    index.set(key, known);
  }
  return index;
}

/** The strictest of the rules that match, and their ids. */
export function decideBy(index, request, holds) {
  const matched = [];
  let denied = false;
  let asks = false;
  let allowed = false;
  for (const role of request.agent.roles) {
    for (const { id, effect, test } of index.get(JSON.stringify([request.tool, request.action, role])) ??
      []) {
      if (!holds(test, request)) continue;
      matched.push(id);
      if (effect === "deny") denied = true;
      else if (effect === "approval") asks = true;
      else allowed = true;
    }
  }
  return { decision: denied || !allowed ? "deny" : asks ? "approval_needed" : "allow", rules: matched };
}

/** A condition as an expression of CEL. */
export function celText({ field, op, value }, integer = String) {
  const subject = `args.${field}`;
  switch (op) {
    case "eq":
      return `${subject} == ${JSON.stringify(value)}`;
    case "in":
      return `${subject} in ${JSON.stringify(value)}`;
    case "prefix":
      return `${subject}.startsWith(${JSON.stringify(value)})`;
    case "suffix":
      return `${subject}.endsWith(${JSON.stringify(value)})`;
    case "le":
      return `${subject} <= ${integer(value)}`;
    case "gt":
      return `${subject} > ${integer(value)}`;
  }
}
