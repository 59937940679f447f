// The parser of `url` in Rego.
import { raw, regoAccepts, regoModule } from "../rego-module.ts";
import { DEFAULT_PORTS, URL_GROUPS, urlGrammar } from "./url.ts";

const implied = [...DEFAULT_PORTS].map(([scheme, port]) => `\t"${scheme}": ${String(port)},`).join("\n");

export const urlRego = regoModule(
  "url",
  ["host"],
  () => `
parse(text) := {part: value | some part, value in parts; value != null} if {
	${regoAccepts(urlGrammar)}
	groups := regex.find_all_string_submatch_n(${raw(URL_GROUPS)}, text, 1)[0]
	scheme := lower(groups[1])
	host := data.aegis.types.host.parse(groups[2])
	implied := object.get(_implied, scheme, null)
	port := _port(groups[3], implied)
	path := _path(groups[4], implied)
	parts := {
		"text": text,
		"canonical": concat("", [scheme, "://", host.canonical, _shown(port, implied), path, groups[5], groups[6]]),
		"scheme": scheme,
		"host": host,
		"port": port,
		"path": path,
		"query": _behind_mark(groups[5]),
		"fragment": _behind_mark(groups[6]),
	}
}

_implied := {
${implied}
}

_port(text, implied) := implied if text == ""

_port(text, _) := to_number(text) if text != ""

_shown(port, implied) := "" if port == implied

_shown(port, implied) := concat("", [":", format_int(port, 10)]) if port != implied

_path(text, _) := text if text != ""

_path("", null) := ""

_path("", implied) := "/" if implied != null

_behind_mark(text) := null if text == ""

_behind_mark(text) := substring(text, 1, -1) if text != ""
`,
);
