// All commands, in the order of the help text. A command is one file in `commands/` and one line here.
import type { CommandEntry } from "./command.ts";

const entry = (name: string, summary: string, load: CommandEntry["load"]): CommandEntry => ({
  name,
  summary,
  load,
});

/* prettier-ignore */
export const commands: readonly CommandEntry[] = [
  entry("init", "begin a project: aegis.json, a first policy with tests, and a development key", () => import("./commands/init.ts")),
  entry("check", "report everything that is wrong with a policy", () => import("./commands/check.ts")),
  entry("lint", "report what compiles and is still unwise", () => import("./commands/lint.ts")),
  entry("fmt", "format policies", () => import("./commands/fmt.ts")),
  entry("test", "run the tests and properties of a policy", () => import("./commands/test.ts")),
  entry("conform", "decide requests made for a policy on several engines, and compare", () => import("./commands/conform.ts")),
  entry("bench", "time decisions on each engine, and tell which rules cost most", () => import("./commands/bench.ts")),
  entry("eval", "decide requests: a JSON document a line in, a decision a line out", () => import("./commands/eval.ts")),
  entry("explain", "tell why a request is decided as it is, and what an allow would need", () => import("./commands/explain.ts")),
  entry("build", "compile a policy into a bundle, or into files of other targets", () => import("./commands/build.ts")),
  entry("sign", "sign a bundle that was built before", () => import("./commands/sign.ts")),
  entry("verify-bundle", "check signature and contents of a bundle: do its files say what its program says?", () => import("./commands/verify-bundle.ts")),
  entry("import mcp", "make a tool declaration from an MCP server, live or by its manifest", () => import("./commands/import-mcp.ts")),
  entry("convert", "turn a policy from Aegis into YAML, or back", () => import("./commands/convert.ts")),
  entry("lock", "pin what manifests say and what wildcards and groups select", () => import("./commands/lock.ts")),
  entry("drift", "tell what a server's changed tools do to the policy", () => import("./commands/drift.ts")),
  entry("docs", "document a project, or the standard library", () => import("./commands/docs.ts")),
  entry("doctor", "look at the project and its surroundings, and say what to do", () => import("./commands/doctor.ts")),
  entry("lsp", "serve an editor: the language server over standard input and output", () => import("./commands/lsp.ts")),
  entry("dap", "step through decisions: a debug adapter on standard input and output, for editors", () => import("./commands/dap.ts")),
];
