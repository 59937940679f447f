// `aegis.state`: the cells of the snapshot that have the type declared; whatever else is unreadable.
import { type IrProgram, MAX_INTEGER } from "@aegis/runtime/core";
import { block, regoString, regoValue } from "./print-rego.ts";

const FIXED = `
# A snapshot of another schema says nothing.
_current if {
	is_object(snapshot.given)
	object.get(snapshot.given, "schema", null) in {null, _digest}
}

_scope_known(scope) if scope != "session"

_scope_known(scope) if {
	scope == "session"
	"session" in object.keys(request.context)
}

_given(kind) := lib.or_else(object.get(snapshot.given, kind, null), {}) if _current

# false, true or "maybe"; a keyed label lists its keys.
labels[id] := value if {
	some id, [scope, keyed] in _labels
	_scope_known(scope)
	given := _given("labels")
	value := _label(object.get(given, id, null), keyed)
}

_label(value, keyed) := value if {
	keyed == false
	value in {false, true, "maybe"}
}

_label(value, keyed) := value if {
	keyed == true
	is_object(value)
	object.keys(value) == {"set", "maybe", "full"}
	_texts(object.get(value, "set", null))
	_texts(object.get(value, "maybe", null))
	is_boolean(object.get(value, "full", null))
}

_texts(list) if {
	is_array(list)
	every text in list {
		is_string(text)
	}
}

# Whole numbers, for decimals of millionths; a keyed counter has one for each key.
counters[id] := value if {
	some id, [scope, keyed, type] in _counters
	_scope_known(scope)
	given := _given("counters")
	value := _counter(object.get(given, id, null), keyed, type)
}

_counter(value, keyed, type) := _amount(value, type) if keyed == false

_counter(value, keyed, type) := amounts if {
	keyed == true
	is_object(value)
	amounts := {key: amount | some key, text in value; amount := _amount(text, type)}
	count(amounts) == count(value)
}

_amount(text, type) := lib.int(text, 0, ${String(MAX_INTEGER)}) if {
	is_string(text)
	type == "int"
	regex.match(\`^[0-9]+$\`, text)
}

_amount(text, type) := lib.decimal(text, 0, ${String(MAX_INTEGER)}) if {
	is_string(text)
	type == "decimal"
	regex.match(\`^[0-9]\`, text)
}

unreadable_labels contains id if {
	some id, _ in _labels
	not id in object.keys(labels)
}

unreadable_counters contains id if {
	some id, _ in _counters
	not id in object.keys(counters)
}
`;

/** Text of the package after its imports. */
export function emitState({ labels, counters, stateDigest }: IrProgram): string {
  const ofLabels = labels.map(
    ({ id, scope, key }) => `${regoString(id)}: ${regoValue([scope, key.length > 0])}`,
  );
  const ofCounters = counters.map(
    ({ id, scope, key, type }) => `${regoString(id)}: ${regoValue([scope, key.length > 0, type])}`,
  );
  return [
    FIXED.trim(),
    `_digest := ${regoString(stateDigest)}`,
    `# Scope, and whether it has keys.\n_labels := ${block("{}", ofLabels)}`,
    `_counters := ${block("{}", ofCounters)}`,
  ].join("\n\n");
}
