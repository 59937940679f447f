// The parser of `iban` in Rego.
import { regoAccepts, regoModule } from "../rego-module.ts";
import { IBAN_LENGTHS } from "./iban-lengths.ts";
import { ibanGrammar } from "./iban.ts";

const lengths = [...IBAN_LENGTHS].map(([country, length]) => `\t"${country}": ${String(length)},`).join("\n");
const values = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
  .map((character, value) => `\t"${character}": "${String(value)}",`)
  .join("\n");
/** Powers of ten modulo 97, enough for two digits a character. */
const powers: number[] = [1];
while (powers.length < 2 * Math.max(...IBAN_LENGTHS.values())) powers.push(((powers.at(-1) ?? 0) * 10) % 97);

export const ibanRego = regoModule(
  "iban",
  [],
  () => `
parse(text) := value if {
	${regoAccepts(ibanGrammar)}
	canonical := replace(text, " ", "")
	country := substring(canonical, 0, 2)
	_lengths[country] == count(canonical)
	_remainder(canonical) == 1
	value := {"text": text, "canonical": canonical, "country": country}
}

# Modulo 97 of the number that the rotated text spells, letters counting from ten.
_remainder(canonical) := sum([product |
	some index in numbers.range(0, last)
	product := to_number(substring(digits, index, 1)) * _powers[last - index]
]) % 97 if {
	rotated := concat("", [substring(canonical, 4, -1), substring(canonical, 0, 4)])
	characters := numbers.range(0, count(rotated) - 1)
	digits := concat("", [_values[substring(rotated, index, 1)] | some index in characters])
	last := count(digits) - 1
}

_lengths := {
${lengths}
}

_values := {
${values}
}

# Powers of ten modulo 97.
_powers := [${powers.join(", ")}]
`,
);
