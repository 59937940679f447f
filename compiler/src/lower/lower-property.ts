// Properties: for which calls of which actions something is promised.
import type { IrExpression } from "@aegis/runtime/core";
import type { CheckedProperty } from "../checker/checked-program.ts";
import { TRUE } from "./build.ts";
import { checkedSize } from "./expression-size.ts";
import { assumeSet } from "./resolve-maybe.ts";
import { targetEnvironment, targetsOf } from "./target-environment.ts";
import type { ProgramContext } from "./target-environment.ts";

export interface LoweredProperty {
  readonly property: CheckedProperty;
  readonly targets: readonly { readonly action: number; readonly where: IrExpression }[];
}

export function lowerProperty(program: ProgramContext, property: CheckedProperty): LoweredProperty {
  const { where } = property.declaration;
  const targets = targetsOf(property.groups).map((target) => {
    const environment = targetEnvironment(program, target);
    const condition = where === null ? TRUE : environment.lower.condition(where, environment);
    return { action: target.action, where: checkedSize(assumeSet(condition)) };
  });
  return { property, targets };
}
