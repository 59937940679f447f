// The parser of `cidr` in Rego.
import { regoAccepts, regoModule } from "../rego-module.ts";
import { cidrGrammar } from "./cidr.ts";

export const cidrRego = regoModule(
  "cidr",
  ["ip"],
  () => `
parse(text) := value if {
	${regoAccepts(cidrGrammar)}
	[address, length] := split(text, "/")
	network := data.aegis.types.ip.parse(address)
	prefix := to_number(length)
	not contains(substring(data.aegis.types.ip.bits(address), prefix, -1), "1")
	value := {
		"text": text,
		"canonical": text,
		"network": network,
		"prefix": prefix,
		"version": network.version,
	}
}
`,
);
