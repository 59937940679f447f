// The parser of `semver` in Rego.
import { raw, regoAccepts, regoModule } from "../rego-module.ts";
import { SEMVER_GROUPS, semverGrammar } from "./semver.ts";

export const semverRego = regoModule(
  "semver",
  [],
  () => `
parse(text) := {part: value | some part, value in parts; value != null} if {
	${regoAccepts(semverGrammar)}
	groups := regex.find_all_string_submatch_n(${raw(SEMVER_GROUPS)}, text, 1)[0]
	parts := {
		"text": text,
		"canonical": text,
		"major": to_number(groups[1]),
		"minor": to_number(groups[2]),
		"patch": to_number(groups[3]),
		"prerelease": _behind_mark(groups[4]),
		"build": _behind_mark(groups[5]),
	}
}

_behind_mark(text) := null if text == ""

_behind_mark(text) := substring(text, 1, -1) if text != ""
`,
);
