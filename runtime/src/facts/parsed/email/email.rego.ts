// The parser of `email` in Rego.
import { regoAccepts, regoModule } from "../rego-module.ts";
import { emailGrammar } from "./email.ts";

export const emailRego = regoModule(
  "email",
  ["host"],
  () => `
parse(text) := value if {
	${regoAccepts(emailGrammar)}
	[local, name] := split(text, "@")
	domain := data.aegis.types.host.parse(name)
	value := {"text": text, "canonical": lower(text), "local": lower(local), "domain": domain}
}
`,
);
