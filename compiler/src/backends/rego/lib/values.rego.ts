// Values in Rego: guards of plain types, headers, texts inside values, keys of labels.
export const valuesRego = `
# JSON null is absence.
or_else(value, fallback) := fallback if value == null

or_else(value, _) := value if value != null

# A string of at most \`most\` code points.
string(value, most) := value if {
	is_string(value)
	count(value) <= most
}

# The status of a result document.
result_status(result) := status if {
	is_object(result)
	count(object.keys(result) - {"status", "value"}) == 0
	status := object.get(result, "status", null)
	status in {"ok", "error", "unknown"}
}

# Headers by lower-case name: names of RFC 9110, none twice but for case, values without line ends.
headers(value) := named if {
	is_object(value)
	count(value) <= 1000
	names := [name | some name, _ in value]
	every name, text in value {
		regex.match("^[!#$%&'*+.^_\`|~0-9A-Za-z-]+$", name)
		is_string(text)
		not regex.match(\`[\\x00\\r\\n]\`, text)
	}
	count({aegis_ascii_lower(name) | some name in names}) == count(names)
	named := {aegis_ascii_lower(name): text | some name, text in value}
}

# Every string and key at any depth of a value in JSON form.
texts(value) := {text |
	some path, leaf
	walk(value, [path, leaf])
	keys := array.slice(path, count(path) - 1, count(path))
	some text in array.concat([leaf], keys)
	is_string(text)
}

# A member of an object that may lack it, as none or one.
member(object, key) := [value | value := object[key]]

# A part of a parsed value that may lack it: the items of a list, else none or one.
part(parsed, name) := [item | value := parsed[name]; some item in _flat(value)]

_flat(value) := value if is_array(value)

_flat(value) := [value] if not is_array(value)

# A reservation as obligations sort: by type, rule, path and text.
reservation(counter, key, amount) := ["reserve", counter, "", text, obligation] if {
	obligation := object.union(
		{"type": "reserve", "rule": counter, "counter": counter, "amount": amount},
		{"key": key | count(key) > 0},
	)
	keyed := [concat("", [\`"key":\`, text_list(key), ","]) | count(key) > 0]
	name := json_text(counter)
	text := concat("", array.concat(
		[\`{"amount":\`, json_text(amount), \`,"counter":\`, name, ","],
		array.concat(keyed, [\`"rule":\`, name, \`,"type":"reserve"}\`]),
	))
}

# Whether a keyed label is set under a key, uncertainty counting as not set.
surely_has(cell, key) if key in cell.set

# Whether a keyed label may be set under a key.
maybe_has(cell, key) if key in cell.set

maybe_has(cell, key) if key in cell.maybe

maybe_has(cell, _) if cell.full == true
`;
