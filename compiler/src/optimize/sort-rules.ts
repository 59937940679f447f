// Rules by id: their order has no meaning, and equal sources give equal bytes.
import { compareUtf8 } from "@aegis/runtime/core";
import type { IrProgram } from "@aegis/runtime/core";

export const sortRules = (program: IrProgram): IrProgram => ({
  ...program,
  rules: [...program.rules].sort((left, right) => compareUtf8(left.id, right.id)),
});
