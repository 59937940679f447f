// Words of the language where no name belongs: clauses that may go on a declaration, and snippets for whole ones.
import type { TextToken } from "@aegis/compiler";
import type { Proposal } from "./proposal.ts";

const words = (...labels: readonly string[]): readonly Proposal[] =>
  labels.map((label) => ({ label, kind: "keyword" as const, rank: 6 }));

const OPERATORS = words(
  "and",
  "or",
  "in",
  "not in",
  "within",
  "under",
  "matches",
  "is present",
  "is absent",
  "else",
  "where present",
);
const RULE_CLAUSES = words("when", "unless", "having", "because", "hint");

/** What may go on a declaration that is whole so far, by its first word. */
const CLAUSES: ReadonlyMap<string, readonly Proposal[]> = new Map([
  ["allow", RULE_CLAUSES],
  ["deny", RULE_CLAUSES],
  ["withhold", RULE_CLAUSES],
  ["sanitize", [...words("redact"), ...RULE_CLAUSES]],
  ["require", [...words("by", "via", "within"), ...RULE_CLAUSES]],
  ["shadow", [...words("until", "deny", "require approval", "sanitize", "policy"), ...RULE_CLAUSES]],
  [
    "label",
    words(
      "set on call",
      "set on result",
      "clear on call",
      "clear on result",
      "key",
      "for each",
      "when",
      "per session",
      "per agent",
      "per tenant",
      "max",
    ),
  ],
  [
    "limit",
    words(
      "to",
      "sum",
      "settle",
      "per session",
      "per agent",
      "per tenant",
      "over",
      "else require approval",
      "because",
      "hint",
    ),
  ],
  ["exception", words("waive", "for", "when", "until", "granted by", "because")],
  ["policy", words("for")],
  ["use", words("as", "for")],
  ["import", words("as", "on")],
  ["tools", words("as")],
  ["property", words("for all call", "where", "expect")],
  [
    "test",
    words(
      "agent",
      "context",
      "given label",
      "given counter",
      "after",
      "at",
      "step",
      "cases",
      "expect",
      "expect result",
      "result",
      "facts",
      "approved by",
      "by",
      "code",
      "reason",
    ),
  ],
]);

/** What one word asks for next. */
const AFTER: ReadonlyMap<string, readonly Proposal[]> = new Map([
  ["with", words("mask", "remove", "hash", 'replace ""', "truncate 8")],
  ["per", words("session", "agent", "tenant")],
  ["on", words("call", "result", "approval", "denied")],
  ["set", words("on call", "on result", "on approval", "on denied")],
  ["clear", words("on call", "on result", "on approval", "on denied")],
  ["expect", words("allow", "deny", "approval_needed", "sanitize", "not", "result", "hidden", "visible")],
  ["or", words("allow", "deny", "approval_needed", "sanitize")],
  ["is", words("present", "absent", "not present")],
  ["by", words('role "', 'user "')],
  ["given", words("label", "counter")],
  ["granted", words('by "role:')],
  ["require", words("approval")],
  ["guard", words("package")],
  ["else", words("require approval")],
  [
    "code",
    words(
      "matched",
      "default_deny",
      "invalid_input",
      "unknown_action",
      "state_unavailable",
      "fact_unavailable",
    ),
  ],
]);

export function clauseProposals(tokens: readonly TextToken[]): readonly Proposal[] {
  const last = tokens.findLast((each) => each.kind !== "comment")?.text ?? "";
  const after = AFTER.get(last);
  const first = tokens.find((each) => CLAUSES.has(each.text))?.text ?? "";
  if (after !== undefined && (last !== "or" || first === "test" || first === "property")) return after;
  const inCondition = tokens.some(
    (each) => each.text === "when" || each.text === "unless" || each.text === "where" || each.text === "=",
  );
  return [...(CLAUSES.get(first) ?? []), ...(inCondition ? OPERATORS : [])];
}

const snippet = (label: string, insert: string, doc: string): Proposal => ({
  label,
  kind: "snippet",
  insert,
  snippet: true,
  doc,
  rank: 4,
});

const RULES: readonly Proposal[] = [
  snippet("allow", "allow ${1:name}: ${2:tool}.${3:action}${4: when ${5:condition}}", "A rule that grants."),
  snippet(
    "deny",
    'deny ${1:name}: ${2:tool}.${3:action} when ${4:condition}\n  because "${5:reason}"',
    "A rule that refuses.",
  ),
  snippet(
    "require approval",
    'require approval ${1:name}: ${2:tool}.${3:action}\n  when ${4:condition}\n  by role "${5:role}" within ${6:30m}\n  because "${7:reason}"',
    "A rule that asks people first.",
  ),
  snippet(
    "sanitize",
    "sanitize ${1:name}: ${2:tool}.${3:action} when ${4:args matches secrets.any}\n  redact ${5:args.** matching secrets.any} with ${6|mask,remove,hash|}",
    "A rule that redacts parameters.",
  ),
  snippet(
    "withhold",
    "withhold ${1:name}: ${2:tool}.${3:action} when result.status == ok and ${4:condition}",
    "A rule that keeps back a result.",
  ),
  snippet(
    "shadow",
    "shadow until ${1:2099-12-31} deny ${2:name}: ${3:tool}.${4:action} when ${5:condition}",
    "A rule that is watched, without effect until its date.",
  ),
];

const DECLARATIONS: readonly Proposal[] = [
  snippet(
    "policy",
    'policy ${1:name} for agent.id == "${2:agent}" {\n  allow ${3:rule}: ${4:tool}.${5:action}\n}',
    "Rules with a common `for`.",
  ),
  snippet("import", "import ${1:std.tools}.{${2:git}}", "Names of another package."),
  snippet(
    "tools",
    'tools "${1:server.tools.json}" as ${2:server} {\n  ${3:action} { ${4:path}: ${5:relpath} }\n}',
    "Tools of an MCP manifest, with narrower types.",
  ),
  snippet("tool", "tool ${1:name} {\n  ${2:action}(${3:path}: ${4:relpath})\n}", "A tool with its actions."),
  snippet("fn", "fn ${1:name}(${2:value}: ${3:string}): ${4:bool} = ${5:true}", "A function for conditions."),
  snippet("const", "const ${1:name}: ${2:set<string>} = { ${3} }", "A constant."),
  snippet("data", "data ${1:name}: ${2:set<host_pattern>}", "A value given in aegis.json."),
  snippet("param", "param ${1:name}: ${2:int} = ${3:10}", "A value for each environment."),
  snippet("enum", "enum ${1:Name} { ${2:a}, ${3:b} }", "A closed set of names."),
  snippet("type", "type ${1:Name} = ${2:string max 200}", "A name for a type."),
  snippet("agent", "agent { ${1:team}: ${2:string} }", "Attributes of agents."),
  snippet("context", "context { ${1:environment}: ${2:string} }", "Attributes of the context."),
  snippet("pattern", 'pattern ${1:name} = re"${2:[a-z]+}"', "A pattern for `matches`."),
  snippet("fact", "fact ${1:name}(${2:path}): ${3:bool}", "Something that the enforcement point finds out."),
  snippet("group", "group ${1:name} = ${2:tool}.*", "A name for a set of actions."),
  snippet(
    "label",
    "label ${1:name} set on call ${2:tool}.${3:action} per ${4|session,agent,tenant|}",
    "Something remembered.",
  ),
  snippet(
    "limit",
    "limit ${1:name}: ${2:tool}.${3:action} to ${4:10} per ${5|session,agent,tenant|}${6: over ${7:24h}}",
    "A bound on how often or how much.",
  ),
  snippet(
    "exception",
    'exception `${1:TICKET-1}`: waive ${2:package.rule} for agent.id == "${3:agent}"\n  until ${4:2099-12-31} granted by "${5:role:security}" because "${6:reason}"',
    "Waives one restriction up to a date.",
  ),
  snippet(
    "test",
    'test "${1:what it shows}" {\n  agent { id: "${2:agent}" }\n  step ${3:tool}.${4:action} { ${5} } expect ${6|allow,deny,approval_needed,sanitize|}\n}',
    "Calls in order, with the decisions that are expected.",
  ),
  snippet(
    "property",
    'property "${1:what always holds}" {\n  for all call ${2:tool}.${3:action} where ${4:condition}\n  expect ${5:deny}\n}',
    "A statement about all calls.",
  ),
];

const TEST_LINES: readonly Proposal[] = [
  snippet(
    "step",
    "step ${1:tool}.${2:action} { ${3} } expect ${4|allow,deny,approval_needed,sanitize|}",
    "A call and what is expected of it.",
  ),
  snippet(
    "cases",
    "cases ${1:tool}.${2:action} { ${3} } with ${4:argument} {\n  ${5:value} -> ${6|allow,deny,approval_needed,sanitize|}\n}",
    "One call with many values.",
  ),
  ...words(
    "agent { }",
    "context { }",
    "given label",
    "given counter",
    "after",
    "at",
    "expect hidden",
    "expect visible",
  ),
];

/** What may begin where a line begins: at the top level, in a policy, in a test. */
export function startProposals(inside: "module" | "policy" | "test", empty: boolean): readonly Proposal[] {
  if (inside === "policy") return RULES;
  if (inside === "test") return TEST_LINES;
  return [...(empty ? words("package", "guard package") : []), ...RULES, ...DECLARATIONS];
}

export const ANNOTATIONS: readonly Proposal[] = words(
  'owner("")',
  'severity("")',
  'control("")',
  "waivable",
  "review(every: 180d)",
);
