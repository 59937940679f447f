// `x is present` and `x is absent`.
import { BOOL } from "@aegis/runtime/core";
import type { IsPresent } from "../syntax/expression.ts";
import { negate, TRUE } from "./build.ts";
import type { Environment, Lowered } from "./environment.ts";

export function lowerIs(node: IsPresent, environment: Environment): Lowered {
  const of = environment.lower.place(node.of, environment);
  // In an action where it is required it is always there.
  const present = of.type.kind === "optional" ? ({ kind: "present", of: of.expression } as const) : TRUE;
  return { expression: node.what === "present" ? present : negate(present), type: BOOL };
}
