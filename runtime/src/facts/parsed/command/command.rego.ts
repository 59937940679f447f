// The parser of `command` in Rego: the same expressions, token by token.
import { raw, regoAccepts, regoModule, regoPattern } from "../rego-module.ts";
import { commandGrammar } from "./command.ts";
import { OPAQUE_PROGRAMS, PROGRAM_RULES } from "./command-rules.ts";
import {
  COMMAND_TOKEN,
  LINE_SHAPE,
  LINE_TOKEN,
  NETWORK_FILE,
  QUOTED_PIECE,
  SELECTING,
  SELECTING_FIRST,
  SHAPE_OF_OPERATOR,
  WORD_PIECE,
} from "./command-tokens.ts";
import { MAX_ARGS, MAX_CALLS, MAX_WORDS } from "./read-command.ts";

const opaque = (): string =>
  [...OPAQUE_PROGRAMS]
    .sort()
    .map((name) => `\t${JSON.stringify(name)},`)
    .join("\n");
const rules = (): string =>
  [...PROGRAM_RULES]
    .map(([name, { only = "", never = "\\x{0}" }]) => {
      return `\t${JSON.stringify(name)}: {\n\t\t"only": ${regoPattern(only, 2)},\n\t\t"never": ${regoPattern(never, 2)},\n\t},`;
    })
    .join("\n");
const shapes = (): string =>
  [...SHAPE_OF_OPERATOR].map(([operator, shape]) => `\t${JSON.stringify(operator)}: "${shape}",`).join("\n");

export const commandRego = regoModule(
  "command",
  [],
  () => `
parse(text) := object.union({"text": text, "canonical": text, "plain": true}, _read(text)) if {
	_accepts(text)
} else := {"text": text, "canonical": text, "plain": false} if {
	_accepts(text)
}

_accepts(text) if {
	${regoAccepts(commandGrammar)}
}

# What a plain line runs; undefined where the line is opaque.
_read(text) := {
	"programs": [call.program | some call in calls],
	"names": [call.name | some call in calls],
	"calls": [object.remove(call, ["reads", "writes"]) | some call in calls],
	"words": words,
	"reads": reads,
	"writes": writes,
	"pipes": contains(shape, "P"),
} if {
	tokens := regex.find_all_string_submatch_n(_line_token, text, -1)
	concat("", [token[0] | some token in tokens]) == text
	shape := concat("", [_shape(token) | some token in tokens])
	regex.match(${raw(LINE_SHAPE)}, shape)
	commands := [token[1] | some token in tokens; token[1] != ""]
	count(commands) <= ${String(MAX_CALLS)}
	calls := [call | some command in commands; call := _call(command)]
	count(calls) == count(commands)
	reads := [file | some call in calls; some file in call.reads]
	writes := [file | some call in calls; some file in call.writes]
	called := [word | some call in calls; some word in array.concat([call.program], call.args)]
	words := array.concat(array.concat(called, reads), writes)
	count(words) <= ${String(MAX_WORDS)}
}

# Command, operator, blank or comment.
_shape(token) := "M" if token[1] != ""

_shape(token) := _operators[token[2]] if token[2] != ""

_shape(token) := "B" if token[3] != ""

_shape(token) := "C" if token[4] != ""

# A program with its words and files; undefined where it may run another.
_call(command) := {
	"program": program,
	"name": name,
	"args": args,
	"literal": count([word | some word in rest; not word.literal]) == 0,
	"reads": [file | some [operator, file] in files; operator == "<"; file != "/dev/null"],
	"writes": [file | some [operator, file] in files; operator != "<"; file != "/dev/null"],
} if {
	tokens := regex.find_all_string_submatch_n(_command_token, command, -1)
	files := [[token[1], _word(token[2]).text] | some token in tokens; token[1] != ""]
	every file in files {
		file[1] != ""
		not regex.match(${raw(NETWORK_FILE)}, file[1])
	}
	words := [_word(token[4]) | some token in tokens; token[4] != ""]
	rest := array.slice(words, 1, count(words))
	count(rest) <= ${String(MAX_ARGS)}
	args := [word.text | some word in rest]
	program := words[0].text
	segments := split(program, "/")
	name := trim_suffix(lower(segments[count(segments) - 1]), ".exe")
	not name in _opaque
	_may_run(name, rest)
}

_may_run(name, _) if not name in object.keys(_rules)

_may_run(name, rest) if {
	rule := _rules[name]
	count([word | some word in rest; word.may_be_option]) == 0
	marked := concat("", [concat("", ["\\u001f", word.text]) | some word in rest])
	regex.match(rule.only, marked)
	not regex.match(rule.never, marked)
}

_word(word) := {
	"text": concat("", [text | some piece in pieces; text := _piece(piece)]),
	"literal": _literal(word, pieces),
	"may_be_option": regex.match(${raw(SELECTING_FIRST)}, word),
} if {
	pieces := regex.find_all_string_submatch_n(_word_piece, word, -1)
}

default _literal(_, _) := false

_literal(word, pieces) if {
	not startswith(word, "~")
	every piece in pieces {
		not regex.match(${raw(SELECTING)}, piece[1])
	}
}

_piece(piece) := concat("", [piece[1], piece[2], piece[3], unquoted]) if {
	parts := regex.find_all_string_submatch_n(_quoted_piece, piece[4], -1)
	unquoted := concat("", [concat("", [part[1], part[2]]) | some part in parts])
}

_line_token := ${raw(LINE_TOKEN)}

_command_token := ${raw(COMMAND_TOKEN)}

_word_piece := ${raw(WORD_PIECE)}

_quoted_piece := ${raw(QUOTED_PIECE)}

_operators := {
${shapes()}
}

# Keywords, and programs that run what their arguments name.
_opaque := {
	"",
	"..",
${opaque()}
}

# What the arguments, each behind U+001F, must and must not match.
_rules := {
${rules()}
}
`,
);
