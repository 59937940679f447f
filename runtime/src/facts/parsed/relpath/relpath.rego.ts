// The parser of `relpath` in Rego.
import { regoAccepts, regoModule } from "../rego-module.ts";
import { relpathGrammar } from "./relpath.ts";

export const relpathRego = regoModule(
  "relpath",
  ["path"],
  () => `
parse(text) := value if {
	${regoAccepts(relpathGrammar)}
	canonical := trim_suffix(text, "/")
	value := object.union({"text": text, "canonical": canonical}, data.aegis.types.path.parts(canonical))
}
`,
);
