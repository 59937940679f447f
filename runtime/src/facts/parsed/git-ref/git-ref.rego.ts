// The parser of `git_ref` in Rego.
import { regoAccepts, regoModule } from "../rego-module.ts";
import { gitRefGrammar } from "./git-ref.ts";

export const gitRefRego = regoModule(
  "git_ref",
  [],
  () => `
parse(text) := value if {
	${regoAccepts(gitRefGrammar)}
	canonical := trim_prefix(text, "refs/heads/")
	value := {
		"text": text,
		"canonical": canonical,
		"name": trim_prefix(canonical, "refs/tags/"),
		"tag": startswith(canonical, "refs/tags/"),
	}
}
`,
);
