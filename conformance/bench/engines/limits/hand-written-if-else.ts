// The floor for the ten rules: the same rules as literal if and else, as somebody would type them in. FROZEN.
import type { BenchAnswer, BenchRequest } from "../../workload/bench-rule.ts";

export function handWrittenIfElse(request: BenchRequest): BenchAnswer {
  const { tool, action, args } = request;
  const { roles } = request.agent;
  if (tool === "git") {
    if (!roles.includes("dev")) return { decision: "deny", rules: [] };
    if (action === "push") {
      const rules: string[] = [];
      const allowed = args.env === "dev" || args.env === "staging";
      const asks = args.env === "staging" && args.resource.startsWith("release/");
      const denied = args.resource === "main";
      if (allowed) rules.push("push_dev");
      if (asks) rules.push("push_prod");
      if (denied) rules.push("push_main");
      return { decision: denied || !allowed ? "deny" : asks ? "approval_needed" : "allow", rules };
    }
    if (action === "commit" && args.amount <= 500) return { decision: "allow", rules: ["commit"] };
    return { decision: "deny", rules: [] };
  }
  if (tool === "http") {
    if (!roles.includes("agent")) return { decision: "deny", rules: [] };
    if (action === "get") {
      const rules: string[] = [];
      const allowed = args.host.endsWith(".example.com");
      const denied = args.env === "prod" && args.host.endsWith(".internal.example.com");
      if (allowed) rules.push("get");
      if (denied) rules.push("get_internal");
      return { decision: denied || !allowed ? "deny" : "allow", rules };
    }
    if (action === "post") {
      const rules: string[] = [];
      const allowed =
        args.amount <= 1000 &&
        (args.host === "api.example.com" ||
          args.host === "hooks.example.com" ||
          args.host === "pay.example.com") &&
        (args.env === "dev" || args.env === "staging" || args.env === "prod");
      const asks = args.amount > 800;
      if (allowed) rules.push("post");
      if (asks) rules.push("post_large");
      return { decision: !allowed ? "deny" : asks ? "approval_needed" : "allow", rules };
    }
    return { decision: "deny", rules: [] };
  }
  if (tool === "pay" && action === "order" && roles.includes("buyer")) {
    const rules: string[] = [];
    const allowed = args.amount <= 900 && args.resource.startsWith("office/");
    const asks = args.amount > 250;
    if (allowed) rules.push("order");
    if (asks) rules.push("big_order");
    return { decision: !allowed ? "deny" : asks ? "approval_needed" : "allow", rules };
  }
  return { decision: "deny", rules: [] };
}
