// JSON from outside (`data`, `param`) as a constant of the declared type, strictly.
import type { ConstValue, Field, Type } from "@aegis/runtime/core";
import { JsonNumber, required } from "@aegis/runtime/core";
import { canonicalMembers, canonicalSet } from "./canonical-constant.ts";
import { plainText } from "./numbers.ts";
import type { Constant } from "./scalar-constants.ts";
import { bad, good, numberConstant, textConstant } from "./scalar-constants.ts";

const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,3}))?Z)?$/;
const DURATION = /^(\d{1,15})(ms|s|m|h|d)$/;
const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

const at = (constant: Constant, step: string): Constant =>
  constant.ok
    ? constant
    : { ...constant, place: `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}${constant.place ?? ""}` };

/** `place` of a failure is a JSON pointer into the value, empty for the whole. */
export function constantFromJson(value: unknown, type: Type): Constant {
  switch (type.kind) {
    case "bool":
      return typeof value === "boolean" ? good(value) : bad("is no truth value");
    case "int":
    case "decimal": {
      const text =
        typeof value === "number"
          ? plainText(value)
          : value instanceof JsonNumber
            ? value.text
            : typeof value === "string"
              ? value
              : undefined;
      return text === undefined ? bad("is no number") : numberConstant(text, type);
    }
    case "string":
    case "enum":
    case "parsed":
      return typeof value === "string" ? textConstant(value, type) : bad("is no text");
    case "time":
      return typeof value === "string" ? timeConstant(value) : bad("is no time");
    case "duration":
      return typeof value === "string" ? durationConstant(value) : bad("is no duration");
    case "list":
    case "set":
      return itemsConstant(value, type.of, type.kind, type.max);
    case "map":
      return mapConstant(value, type.of, type.max);
    case "headers":
      return headersConstant(value);
    case "record":
      return recordConstant(value, type.fields, type.open);
    case "json":
    case "optional":
      return bad("cannot be a constant");
  }
}

function timeConstant(text: string): Constant {
  const match = TIME.exec(text);
  if (match === null) return bad("is no time", "write `2026-01-31` or `2026-01-31T09:00:00Z`");
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? "0"));
  const moment = Date.UTC(
    year ?? 0,
    (month ?? 1) - 1,
    day ?? 1,
    hour ?? 0,
    minute ?? 0,
    second ?? 0,
    Number((match[7] ?? "").padEnd(3, "0")),
  );
  // A date that does not exist (31 June, 25 o'clock) prints as another one.
  const printed = new Date(moment).toISOString();
  const same = text.length === 10 ? printed.startsWith(text) : printed.startsWith(text.slice(0, 19));
  return same && moment >= 0 ? good(moment) : bad("is no time that exists");
}

function durationConstant(text: string): Constant {
  const match = DURATION.exec(text);
  const milliseconds = Number(match?.[1]) * (UNIT_MS.get(match?.[2] ?? "") ?? NaN);
  return Number.isSafeInteger(milliseconds)
    ? good(milliseconds)
    : bad("is no duration", "write `30m` or `24h`");
}

function itemsConstant(value: unknown, of: Type, kind: "list" | "set", max: number): Constant {
  if (!Array.isArray(value)) return bad("is no array");
  if (value.length > max) return bad(`has more than ${String(max)} elements`);
  const items: ConstValue[] = [];
  for (const [index, item] of (value as readonly unknown[]).entries()) {
    const constant = at(constantFromJson(item, of), String(index));
    if (!constant.ok) return constant;
    items.push(constant.value);
  }
  return good(kind === "set" ? canonicalSet(items) : items);
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber);

function mapConstant(value: unknown, of: Type, max: number): Constant {
  if (!isObject(value)) return bad("is no object");
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length > max) return bad(`has more than ${String(max)} members`);
  const members: (readonly [string, ConstValue])[] = [];
  for (const [key, member] of entries) {
    const constant = at(constantFromJson(member, of), key);
    if (!constant.ok) return constant;
    members.push([key, constant.value]);
  }
  return good(canonicalMembers(members));
}

function headersConstant(value: unknown): Constant {
  const constant = mapConstant(value, { kind: "string" }, Number.MAX_SAFE_INTEGER);
  if (!constant.ok || !isObject(value)) return constant;
  const members = new Map<string, string>();
  for (const [key, member] of Object.entries(value as Record<string, unknown>)) {
    const name = key.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    if (members.has(name)) return at(bad("is given twice"), key);
    members.set(name, String(member));
  }
  return good(canonicalMembers([...members]));
}

function recordConstant(value: unknown, fields: readonly Field[], open: boolean): Constant {
  if (!isObject(value)) return bad("is no object");
  const given = new Map(Object.entries(value as Record<string, unknown>));
  const members: (readonly [string, ConstValue])[] = [];
  for (const field of fields) {
    const member = given.get(field.name);
    given.delete(field.name);
    if (member === undefined || (member === null && field.type.kind === "optional")) {
      if (field.default !== undefined) members.push([field.name, field.default]);
      else if (field.type.kind !== "optional") return at(bad("is missing"), field.name);
      continue;
    }
    const constant = at(constantFromJson(member, required(field.type)), field.name);
    if (!constant.ok) return constant;
    members.push([field.name, constant.value]);
  }
  const [extra] = given.keys();
  return extra !== undefined && !open
    ? at(bad("is no field of the type"), extra)
    : good(canonicalMembers(members));
}
