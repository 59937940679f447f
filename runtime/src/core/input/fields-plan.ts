// The plan of an object of declared fields, from their types.
import type { ParsedTypes } from "../types/parsed-type.ts";
import type { Field } from "../types/type.ts";
import { required } from "../types/type.ts";
import type { NotOfType } from "../values/const-value.ts";
import { NOT_OF_TYPE, constToValue } from "../values/const-value.ts";
import type { Value } from "../values/value.ts";
import { Names } from "./names.ts";
import type { ScanField, ScanPlan, ScanValue } from "./scan-plan.ts";
import { compileScanner } from "./scan-value.ts";

class PlannedField implements ScanField {
  readonly scan: ScanValue;
  readonly text: boolean;
  readonly unread: boolean;

  constructor({ type }: Field, isRead: boolean, parsedTypes: ParsedTypes) {
    const { kind, max }: { readonly kind: string; readonly max?: number } = required(type);
    this.scan = compileScanner(type, parsedTypes);
    this.text = kind === "string" && max === undefined;
    this.unread = !isRead;
  }
}

export class FieldsPlan implements ScanPlan {
  readonly names: Names;
  readonly known: ReadonlySet<string>;
  readonly fields: readonly PlannedField[];
  readonly absent: readonly (Value | NotOfType)[];
  readonly empty: readonly (Value | NotOfType)[];
  readonly open: boolean;

  /** `isRead` says of names whether any rule may look at their values. */
  constructor(
    fields: readonly Field[],
    open: boolean,
    parsedTypes: ParsedTypes,
    isRead: (name: string) => boolean,
  ) {
    const names = fields.map(({ name }) => name);
    this.names = new Names(names);
    this.known = new Set(names);
    this.fields = fields.map((field) => new PlannedField(field, isRead(field.name), parsedTypes));
    this.absent = fields.map((field): Value | NotOfType => {
      if (field.default !== undefined) return constToValue(field.type, field.default, parsedTypes);
      return field.type.kind === "optional" ? undefined : NOT_OF_TYPE;
    });
    this.empty = fields.map((): NotOfType => NOT_OF_TYPE);
    this.open = open;
  }
}
