// A program for tests of modules: a tool with an action, a rule that allows, one that denies, a counter.
import { compileText } from "@aegis/compiler/testing";

export const smallProgram = () =>
  compileText({
    "p.aegis": `package p
tool git { push(repo: string, branch: git_ref, force: bool = false)  commit(message: string) }
limit pushes: git.push to 3 per session
policy everyone {
  allow push: git.push
  allow commit: git.commit
  deny force: git.push when args.force because "no force to {args.branch}"
}
`,
  }).ir;

export const PUSH = {
  agent: { id: "a" },
  tool: "git",
  action: "push",
  args: { repo: "r", branch: "main" },
  context: { session: "s" },
  state: { counters: { "p.pushes": "0" } },
};
