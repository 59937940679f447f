// Cerbos's server over gRPC: a resource policy a tool, an output a rule. A denial that holds for one role is written for all,
// with the role in its condition: else another role of the agent would grant. Approvals, which Cerbos has not, grant an action
// of their own, which is asked for in the same request. Of several rules Cerbos names those that it tried until it knew.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GRPC } from "@cerbos/grpc";
import { freePort, serve } from "./serve.mjs";

function condition({ field, op, value }) {
  const subject = `R.attr.${field}`;
  const literal = JSON.stringify(value);
  if (op === "eq") return `${subject} == ${literal}`;
  if (op === "in") return `${subject} in ${literal}`;
  if (op === "prefix") return `${subject}.startsWith(${literal})`;
  if (op === "suffix") return `${subject}.endsWith(${literal})`;
  return `${subject} ${op === "le" ? "<=" : ">"} ${literal}`;
}

const approvalOf = (action) => `${action}:approval`;

function ruleOf({ id, effect, role, action, when }) {
  const denies = effect === "deny";
  const tests = when.map(condition);
  return {
    name: id,
    actions: [effect === "approval" ? approvalOf(action) : action],
    effect: denies ? "EFFECT_DENY" : "EFFECT_ALLOW",
    roles: [denies ? "*" : role],
    condition: {
      match: { expr: [...(denies ? [`${JSON.stringify(role)} in P.roles`] : []), ...tests].join(" && ") },
    },
    output: { when: { ruleActivated: JSON.stringify(id) } },
  };
}

function writePolicies(rules, folder) {
  for (const tool of new Set(rules.map((rule) => rule.tool))) {
    const own = rules.filter((rule) => rule.tool === tool);
    writeFileSync(
      join(folder, `${tool}.json`),
      JSON.stringify({
        apiVersion: "api.cerbos.dev/v1",
        resourcePolicy: { resource: tool, version: "default", rules: own.map(ruleOf) },
      }),
    );
  }
}

function programFile() {
  const file = createRequire(import.meta.url).resolve("@cerbos/cerbos-linux-x64");
  chmodSync(file, 0o755);
  return file;
}

export default {
  async load(rules) {
    const folder = mkdtempSync(join(tmpdir(), "aegis-bench-cerbos-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    const policies = join(folder, "policies");
    mkdirSync(policies);
    writePolicies(rules, policies);
    const [grpc, http] = [await freePort(), await freePort()];
    writeFileSync(
      join(folder, "config.json"),
      JSON.stringify({
        server: { grpcListenAddr: `127.0.0.1:${grpc}`, httpListenAddr: `127.0.0.1:${http}` },
        telemetry: { disabled: true },
        audit: { enabled: false },
        storage: { driver: "disk", disk: { directory: policies, watchForChanges: false } },
      }),
    );
    const client = new GRPC(`127.0.0.1:${grpc}`, { tls: false });
    const server = await serve(
      programFile(),
      ["server", `--config=${join(folder, "config.json")}`, "--log-level=error"],
      async () => {
        if ((await client.checkHealth()).status !== "SERVING") throw new Error("not yet");
      },
    );
    return {
      prepare: (requests) =>
        requests.map(({ agent, tool, action, args }) => ({
          principal: { id: agent.id, roles: [...agent.roles] },
          resource: { kind: tool, id: "call", attributes: args },
          actions: [action, approvalOf(action)],
        })),
      decide: (call) => client.checkResource(call),
      answer(result) {
        const [action, approval] = Object.keys(result.actions).sort(
          (one, other) => one.length - other.length,
        );
        const denied = !result.isAllowed(action);
        return {
          decision: denied ? "deny" : result.isAllowed(approval) ? "approval_needed" : "allow",
          rules: result.outputs.map(({ value }) => value),
        };
      },
      server: server.pid,
      close() {
        client.close();
        server.kill("SIGKILL");
      },
    };
  },
};
