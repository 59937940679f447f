// The parser of `ip` in Rego.
import { raw, regoAccepts, regoModule } from "../rego-module.ts";
import { ipGrammar } from "./ip-grammar.ts";
import { scopesOf } from "./ip-scope.ts";

const nibbles = [..."0123456789abcdef"]
  .map((digit, value) => `\t"${digit}": "${value.toString(2).padStart(4, "0")}",`)
  .join("\n");
const scopes = (version: 4 | 6): string =>
  scopesOf(version)
    .map(([prefix, scope]) => `\t\t["${prefix}", "${scope}"],`)
    .join("\n");

export const ipRego = regoModule(
  "ip",
  [],
  () => `
parse(text) := value if {
	${regoAccepts(ipGrammar)}
	version := _version(text)
	digits := bits(text)
	value := {"text": text, "canonical": text, "version": version, "scope": _scope(version, digits)}
}

_version(text) := 4 if not contains(text, ":")

_version(text) := 6 if {
	contains(text, ":")
	not regex.match(${raw("^::ffff:[0-9a-f]+:[0-9a-f]+$")}, text)
	_canonical(text)
}

# Without \`::\` no two groups in a row are zero; with it, it stands for the first longest run.
_canonical(text) if {
	not contains(text, "::")
	not contains(_shape(text), "00")
}

_canonical(text) if {
	contains(text, "::")
	sides := split(text, "::")
	before := _shape(sides[0])
	after := _shape(sides[1])
	run := substring("00000000", 0, (8 - count(before)) - count(after))
	not endswith(before, "0")
	not startswith(after, "0")
	not contains(before, run)
	not contains(after, concat("", [run, "0"]))
}

_shape(groups) := concat("", [_mark(group) | some group in _groups(groups)])

_mark(group) := "0" if group == "0"

_mark(group) := "1" if group != "0"

_groups(text) := [group | some group in split(text, ":"); group != ""]

# The binary digits of an address.
bits(text) := concat("", [_byte(part) | some part in split(text, ".")]) if not contains(text, ":")

bits(text) := concat("", [_group(group) | some group in groups]) if {
	contains(text, ":")
	sides := split(text, "::")
	before := _groups(sides[0])
	after := [group | some side in array.slice(sides, 1, 2); some group in _groups(side)]
	missing := array.slice(_zeros, 0, (8 - count(before)) - count(after))
	groups := array.concat(array.concat(before, missing), after)
}

_zeros := ["0", "0", "0", "0", "0", "0", "0", "0"]

_byte(part) := substring(format_int(256 + to_number(part), 2), 1, 8)

_group(group) := concat("", [_nibbles[substring(padded, index, 1)] | some index in [0, 1, 2, 3]]) if {
	padded := substring(concat("", ["0000", group]), count(group), 4)
}

_nibbles := {
${nibbles}
}

_scope(version, digits) := [scope |
	some [prefix, scope] in _scopes[version]
	startswith(digits, prefix)
][0]

_scopes := {
	4: [
${scopes(4)}
	],
	6: [
${scopes(6)}
	],
}
`,
);
