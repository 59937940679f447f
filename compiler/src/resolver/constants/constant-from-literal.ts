// A literal in the source as a constant of the type that its place expects.
import type { Type } from "@aegis/runtime/core";
import type { Literal } from "../../syntax/expression.ts";
import type { Constant } from "./scalar-constants.ts";
import { bad, good, numberConstant, textConstant } from "./scalar-constants.ts";

const KIND_NAMES: { readonly [Kind in Literal["kind"]]: string } = {
  string: "a text",
  number: "a number",
  bool: "a truth value",
  duration: "a duration",
  time: "a time",
};

/** `problem` begins with what was written. A parsed text must be written in canonical form. */
export function constantFromLiteral(literal: Literal, type: Type): Constant {
  const other = bad(`this is ${KIND_NAMES[literal.kind]}`);
  const told = (constant: Constant): Constant =>
    constant.ok ? constant : { ...constant, problem: `this ${constant.problem}` };
  switch (literal.kind) {
    case "bool":
      return type.kind === "bool" ? good(literal.value) : other;
    case "number":
      if (type.kind !== "int" && type.kind !== "decimal") return other;
      return type.kind === "int" && literal.text.includes(".")
        ? bad("this is a decimal", "leave out the point")
        : told(numberConstant(literal.text, type));
    case "duration":
      return type.kind === "duration" ? good(literal.milliseconds) : other;
    case "time":
      return type.kind === "time" ? good(literal.milliseconds) : other;
    case "string": {
      if (type.kind !== "string" && type.kind !== "enum" && type.kind !== "parsed") return other;
      const constant = told(textConstant(literal.value, type));
      return type.kind === "parsed" && constant.ok && constant.value !== literal.value
        ? bad(`this is not the canonical form of a \`${type.name}\``, `write \`"${String(constant.value)}"\``)
        : constant;
    }
  }
}
