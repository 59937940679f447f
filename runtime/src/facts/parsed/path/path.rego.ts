// The parser of `path` in Rego.
import { regoAccepts, regoModule } from "../rego-module.ts";
import { pathGrammar } from "./path.ts";

export const pathRego = regoModule(
  "path",
  [],
  () => `
parse(text) := value if {
	${regoAccepts(pathGrammar)}
	canonical := _canonical(text)
	value := object.union({"text": text, "canonical": canonical}, parts(canonical))
}

_canonical(text) := "/" if text == "/"

_canonical(text) := trim_suffix(text, "/") if text != "/"

# The parts that path and relpath share.
parts(canonical) := {part: value | some part, value in all; value != null} if {
	segments := [segment | some segment in split(canonical, "/"); segment != ""]
	name := _last(segments)
	all := {
		"segments": segments,
		"name": name,
		"extension": _extension(split(name, ".")),
		"hidden": _hidden(segments),
	}
}

_last(segments) := "" if count(segments) == 0

_last(segments) := segments[count(segments) - 1] if count(segments) > 0

_extension(pieces) := pieces[count(pieces) - 1] if count(pieces) > 2

_extension(pieces) := pieces[1] if {
	count(pieces) == 2
	pieces[0] != ""
}

_extension(pieces) := null if {
	count(pieces) == 2
	pieces[0] == ""
}

_extension(pieces) := null if count(pieces) < 2

default _hidden(_) := false

_hidden(segments) if {
	some segment in segments
	startswith(segment, ".")
}
`,
);
