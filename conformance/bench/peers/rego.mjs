// Rule sets as Rego: each rule as code, or all rules as data under tool, action and role.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DECISION = `
denied if { some m in matched; m[1] == "deny" }
asks if { some m in matched; m[1] == "approval" }
allowed if { some m in matched; m[1] == "allow" }

decision := "deny" if denied
else := "deny" if not allowed
else := "approval_needed" if asks
else := "allow"

result := {"decision": decision, "rules": [m[0] | some m in matched]}
`;

function condition({ field, op, value }) {
  const subject = `input.args.${field}`;
  const literal = JSON.stringify(value);
  if (op === "eq") return `${subject} == ${literal}`;
  if (op === "in") return `${subject} in {${value.map((each) => JSON.stringify(each)).join(", ")}}`;
  if (op === "prefix") return `startswith(${subject}, ${literal})`;
  if (op === "suffix") return `endswith(${subject}, ${literal})`;
  return `${subject} ${op === "le" ? "<=" : ">"} ${literal}`;
}

/** A rule each, told apart by tool and action first, so that OPA's own index can help. */
export const regoCode = (rules) => `package bench
${rules
  .map(
    ({ id, effect, role, tool, action, when }) => `
matched contains [${JSON.stringify(id)}, ${JSON.stringify(effect)}] if {
	input.tool == ${JSON.stringify(tool)}
	input.action == ${JSON.stringify(action)}
	${JSON.stringify(role)} in input.agent.roles
	${when.map(condition).join("\n\t")}
}`,
  )
  .join("\n")}
${DECISION}`;

/** One program for every rule set: the rules are looked up in the data. */
export const REGO_DATA = `package bench

holds(c) if { c.op == "eq"; input.args[c.field] == c.value }
holds(c) if { c.op == "in"; input.args[c.field] in c.value }
holds(c) if { c.op == "prefix"; startswith(input.args[c.field], c.value) }
holds(c) if { c.op == "suffix"; endswith(input.args[c.field], c.value) }
holds(c) if { c.op == "le"; input.args[c.field] <= c.value }
holds(c) if { c.op == "gt"; input.args[c.field] > c.value }

matched contains [rule.id, rule.effect] if {
	some role in input.agent.roles
	some rule in data.rules[input.tool][input.action][role]
	every c in rule.when { holds(c) }
}
${DECISION}`;

export function rulesAsData(rules) {
  const data = {};
  for (const { tool, action, role, ...rule } of rules) {
    const list = (((data[tool] ??= {})[action] ??= {})[role] ??= []);
    list.push(rule);
  }
  return { rules: data };
}

export function findOpa() {
  const opa = process.env.AEGIS_OPA;
  if (opa === undefined) throw new Error("no opa: set AEGIS_OPA");
  return opa;
}

/** The bytes of policy.wasm that the real compiler makes of a Rego text. */
export function compileToWasm(text) {
  const folder = mkdtempSync(join(tmpdir(), "aegis-bench-"));
  try {
    writeFileSync(join(folder, "bench.rego"), text);
    const out = join(folder, "bundle.tar.gz");
    execFileSync(findOpa(), [
      "build",
      "-t",
      "wasm",
      "-e",
      "bench/result",
      "-o",
      out,
      join(folder, "bench.rego"),
    ]);
    execFileSync("tar", ["xzf", out, "-C", folder, "/policy.wasm"]);
    return readFileSync(join(folder, "policy.wasm"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
