// What the byte scanner needs to know of an object of declared fields.
import type { ParsedTypes } from "../types/parsed-type.ts";
import type { Field } from "../types/type.ts";
import { required } from "../types/type.ts";
import type { NotOfType } from "../values/const-value.ts";
import { NOT_OF_TYPE, constToValue } from "../values/const-value.ts";
import type { Value } from "../values/value.ts";
import type { JsonToken } from "./json-token.ts";
import { nameToken } from "./json-token.ts";
import type { ScanValue } from "./scan-value.ts";
import { compileScanner } from "./scan-value.ts";

class PlannedField {
  /** Of the name's token. */
  readonly length: number;
  readonly scan: ScanValue;
  /** Any string will do; there may be null in its place. */
  readonly text: boolean;
  /** Nothing reads it: a text need not be made. */
  readonly unread: boolean;

  constructor({ type }: Field, { length }: JsonToken, isRead: boolean, parsedTypes: ParsedTypes) {
    const { kind, max }: { readonly kind: string; readonly max?: number } = required(type);
    this.length = length;
    this.scan = compileScanner(type, parsedTypes);
    this.text = kind === "string" && max === undefined;
    this.unread = !isRead;
  }
}

export class FieldsPlan {
  readonly names: ReadonlySet<string>;
  readonly tokens: readonly JsonToken[];
  readonly fields: readonly PlannedField[];
  /** What stands in the slot of a field that is not there; NOT_OF_TYPE where it must be. */
  readonly absent: readonly (Value | NotOfType)[];
  /** A slot for each field. */
  readonly empty: readonly (Value | NotOfType)[];
  /** Members of other names are skipped. */
  readonly open: boolean;

  /** `isRead` says of names whether any rule may look at their values. */
  constructor(
    fields: readonly Field[],
    open: boolean,
    parsedTypes: ParsedTypes,
    isRead: (name: string) => boolean,
  ) {
    this.names = new Set(fields.map(({ name }) => name));
    this.tokens = fields.map(({ name }) => nameToken(name));
    this.fields = fields.map(
      (field) => new PlannedField(field, nameToken(field.name), isRead(field.name), parsedTypes),
    );
    this.absent = fields.map((field): Value | NotOfType => {
      if (field.default !== undefined) return constToValue(field.type, field.default, parsedTypes);
      return field.type.kind === "optional" ? undefined : NOT_OF_TYPE;
    });
    this.empty = fields.map((): NotOfType => NOT_OF_TYPE);
    this.open = open;
  }
}
