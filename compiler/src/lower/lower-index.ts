// `m["key"]`: a member of a map, or a header by its lower-case name.
import { optional, required, STRING } from "@aegis/runtime/core";
import type { IndexAccess } from "../syntax/expression.ts";
import { infoOf } from "./environment.ts";
import type { Environment, Lowered } from "./environment.ts";
import { InternalError } from "./internal-error.ts";

export function lowerIndex(node: IndexAccess, environment: Environment): Lowered {
  const of = environment.lower.value(node.of, environment);
  const key = environment.lower.value(node.index, environment).expression;
  if (key.kind !== "const" || typeof key.value !== "string" || infoOf(node, environment) === undefined)
    throw new InternalError(`an index that is no constant text at ${node.span.file}:${node.span.start}`);
  const container = required(of.type);
  const headers = container.kind === "headers";
  const member = container.kind === "map" ? container.of : STRING;
  return {
    expression: { kind: "index", of: of.expression, key: headers ? asciiLowerCase(key.value) : key.value },
    type: optional(member),
  };
}

const asciiLowerCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
