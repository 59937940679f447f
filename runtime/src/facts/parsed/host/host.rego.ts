// The parser of `host` in Rego.
import { regoAccepts, regoModule } from "../rego-module.ts";
import { addressGrammar, domainGrammar } from "./host-grammar.ts";

export const hostRego = regoModule(
  "host",
  ["ip"],
  () => `
parse(text) := value if {
	${regoAccepts(domainGrammar)}
	value := {"text": text, "canonical": lower(text), "qualified": contains(text, ".")}
}

parse(text) := value if {
	${regoAccepts(addressGrammar)}
	ip := data.aegis.types.ip.parse(trim_suffix(trim_prefix(text, "["), "]"))
	value := {"text": text, "canonical": text, "ip": ip, "qualified": false}
}
`,
);
