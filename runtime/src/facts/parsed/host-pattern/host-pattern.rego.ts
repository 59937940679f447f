// The parser of `host_pattern` in Rego.
import { regoAccepts, regoModule } from "../rego-module.ts";
import { wildcardGrammar } from "./host-pattern.ts";

export const hostPatternRego = regoModule(
  "host_pattern",
  ["host"],
  () => `
parse(text) := value if {
	${regoAccepts(wildcardGrammar)}
	value := {"text": text, "canonical": lower(text), "wildcard": true}
}

parse(text) := value if {
	not startswith(text, "*")
	host := data.aegis.types.host.parse(text)
	value := {"text": text, "canonical": host.canonical, "wildcard": false}
}
`,
);
