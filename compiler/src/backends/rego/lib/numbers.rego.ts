// Numbers of requests in Rego: exact whole numbers out of JSON tokens and texts, and how they are printed.
import { MAX_INTEGER } from "@aegis/runtime/core";

const ZEROS = "0".repeat(64);

export const numbersRego = `
# Whole number within ±(2^53 - 1): a JSON number with zero fraction, or a text of digits.
int(value, least, most) := number if {
	is_number(value)
	number := _units(json.marshal(value), 0)
	number >= least
	number <= most
}

int(value, least, most) := number if {
	is_string(value)
	regex.match(\`^-?(0|[1-9][0-9]{0,15})$\`, value)
	number := _units(value, 0)
	number >= least
	number <= most
}

# Millionths: a JSON number or a text with at most six fraction digits; never rounded.
decimal(value, least, most) := number if {
	is_number(value)
	number := _units(json.marshal(value), 6)
	number >= least
	number <= most
}

decimal(value, least, most) := number if {
	is_string(value)
	regex.match(\`^-?(0|[1-9][0-9]{0,15})(\\.[0-9]{1,6})?$\`, value)
	number := _units(value, 6)
	number >= least
	number <= most
}

# The value of a number token times 10^scale, where that is a whole number within ±(2^53 - 1).
_units(token, scale) := number if {
	count(token) <= 32
	parts := regex.find_all_string_submatch_n(_number, token, 1)[0]
	power := _power(parts[4])
	point := (count(parts[2]) + power) + scale
	digits := concat("", [_zeros, parts[2], parts[3], _zeros])
	trim_left(substring(digits, 64 + point, -1), "0") == ""
	whole := _whole(trim_left(substring(digits, 0, 64 + point), "0"))
	number := _signed(parts[1], whole)
}

_number := \`^(-?)([0-9]+)(?:\\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$\`

_zeros := "${ZEROS}"

_power(text) := 0 if text == ""

_power(text) := power if {
	text != ""
	digits := trim_left(trim_left(text, "+-"), "0")
	power := _signed(substring(text, 0, 1), _whole(digits))
	power >= -32
	power <= 32
}

_whole(digits) := 0 if digits == ""

_whole(digits) := number if {
	digits != ""
	count(digits) <= 16
	number := to_number(digits)
	number <= ${String(MAX_INTEGER)}
}

_signed(sign, number) := 0 - number if sign == "-"

_signed(sign, number) := number if sign != "-"

# Arithmetic saturates at ±(2^53 - 1).
clamp(number) := max([-${String(MAX_INTEGER)}, min([${String(MAX_INTEGER)}, number])])

# Millionths as decimal text: no exponent, no trailing zeros, no -0.
decimal_text(units) := concat("", [_sign_of(units), format_int(floor(size / 1000000), 10), _fraction(size % 1000000)]) if {
	size := abs(units)
}

_sign_of(number) := "-" if number < 0

_sign_of(number) := "" if number >= 0

_fraction(units) := "" if units == 0

_fraction(units) := concat("", [".", digits]) if {
	units != 0
	padded := substring(format_int(1000000 + units, 10), 1, -1)
	digits := trim_right(padded, "0")
}

# Integers and booleans as text.
scalar_text(value) := format_int(value, 10) if is_number(value)

scalar_text(value) := "true" if value == true

scalar_text(value) := "false" if value == false
`;
