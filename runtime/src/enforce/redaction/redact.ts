// Carries out redact obligations on a call or a result: computed on the original, merged without regard to order.
import {
  compareUtf8,
  takeCodePoints,
  type JsonObject,
  type JsonValue,
  type RedactionMethodDocument,
  type Type,
} from "../../core/index.ts";
import { decodedForms } from "../../facts/index.ts";
import { expandPath, isObject, pointerSegments, type Place } from "./expand-path.ts";
import type {
  RedactableDocument,
  RedactionContext,
  RedactionResult,
  RedactObligation,
} from "./redaction-context.ts";
import { isFoundElsewhere } from "./found-elsewhere.ts";
import {
  MASK,
  keyedDigest,
  rewriteSpans,
  strengthOf,
  strongest,
  type SpanRedaction,
} from "./rewrite-text.ts";

/** What happens at one place. */
interface PlacePlan {
  readonly place: Place;
  readonly type: Type | undefined;
  readonly whole: RedactionMethodDocument[];
  readonly spans: SpanRedaction[];
  /** Searched for in the keys of the map that stands here. */
  readonly keys: SpanRedaction[];
}

export function redact(
  document: RedactableDocument,
  obligations: readonly RedactObligation[],
  context: RedactionContext,
): RedactionResult {
  const plans = new Map<string, PlacePlan>();
  for (const obligation of obligations) {
    const problem = plan(plans, document, obligation, context);
    if (problem !== null) return { ok: false, problem };
  }
  const wholes = [...plans.values()].filter((each) => each.whole.length > 0).map((each) => each.place);
  // An outer whole-value step swallows everything below it.
  const effective = [...plans.values()].filter(
    (each) => !wholes.some((outer) => liesBelow(each.place, outer)),
  );
  const root = structuredCopy({
    args: document.args,
    ...(document.result === undefined ? {} : { result: document.result }),
  });
  // Places are replaced first; removals come last and from the end, so that no index shifts under another step.
  const removals: Place[] = [];
  const replaced = new Set<string>();
  for (const each of effective) {
    const method = each.whole.length > 0 ? strongest(each.whole) : null;
    if (typeof method === "object" && method !== null && "replace" in method)
      replaced.add(JSON.stringify(each.place));
    if (method === "remove") removals.push(each.place);
    else if (method === null && each.spans.length === 0) continue;
    else if (!writeAt(root, each.place, (value) => rewrite(value, each, method, context))) {
      return { ok: false, problem: `nothing can be written at a redacted place` };
    }
  }
  for (const place of removals.sort(byPositionFromEnd)) removeAt(root, place);
  // Keys last, so that every place above is found under its own name.
  for (const { place, keys } of effective)
    if (keys.length > 0)
      writeAt(root, place, (value) =>
        rewriteKeys(value, keys, context.hashKey ?? "", (key) =>
          replaced.has(JSON.stringify([...place, key])),
        ),
      );
  const left = root as unknown as RedactableDocument;
  return isFoundElsewhere(left, obligations, context)
    ? { ok: false, problem: "a pattern is found where nothing can be rewritten" }
    : { ok: true, document: left };
}

/** Whether a detector still finds something at its places, such as a text split over the items of a list. */
export function survives(
  document: RedactableDocument,
  obligations: readonly RedactObligation[],
  context: RedactionContext,
): boolean {
  return obligations.some(({ path, matching }) => {
    const matcher = matching === undefined ? undefined : context.matcherOf(matching);
    if (matcher === undefined) return false;
    // Neighbours are seen together from the list that holds them.
    const segments = pointerSegments(path.replace(/(?:\/\*)+$/, "")) ?? [];
    return expandPath(segments, document as unknown as JsonValue, undefined).some(({ place }) =>
      hides(valueAt(document, place), [{ matcher, method: "mask" }]),
    );
  });
}

function valueAt(document: unknown, place: Place): JsonValue {
  let at: unknown = document;
  for (const key of place) at = (at as Readonly<Record<string | number, unknown>>)[key];
  return at as JsonValue;
}

function plan(
  plans: Map<string, PlacePlan>,
  document: RedactableDocument,
  obligation: RedactObligation,
  context: RedactionContext,
): string | null {
  const segments = pointerSegments(obligation.path);
  const [root, ...rest] = segments ?? [];
  if (root !== "args" && root !== "result") return "a path of an obligation is not understood";
  const isArgs = root === "args";
  if (!isArgs && (rest[0] !== "value" || document.result === undefined))
    return "a redaction of a result without one";
  const matcher = obligation.matching === undefined ? null : context.matcherOf(obligation.matching);
  if (matcher === undefined) return "an obligation names an unknown pattern";
  if (obligation.with === "hash" && context.hashKey === null) return "a hash needs the deployment's key";
  const top: JsonValue = isArgs ? document.args : (document.result?.value ?? null);
  const type: Type = isArgs ? { kind: "record", fields: context.params, open: true } : context.result;
  const prefix = isArgs ? ["args"] : ["result", "value"];
  const below = isArgs ? rest : rest.slice(1);
  for (const { place, type: declared } of expandPath(below, top, type)) {
    const entry = planAt(plans, [...prefix, ...place], declared);
    if (matcher === null) entry.whole.push(obligation.with);
    else entry.spans.push({ matcher, method: obligation.with });
  }
  // The members of a map are searched with their keys.
  if (matcher === null || below.at(-1) !== "*") return null;
  for (const { place, type: declared } of expandPath(below.slice(0, -1), top, type)) {
    if (hasKeys(declared))
      planAt(plans, [...prefix, ...place], declared).keys.push({ matcher, method: obligation.with });
  }
  return null;
}

function planAt(plans: Map<string, PlacePlan>, place: Place, type: Type | undefined): PlacePlan {
  const key = JSON.stringify(place);
  const entry = plans.get(key) ?? { place, type, whole: [], spans: [], keys: [] };
  plans.set(key, entry);
  return entry;
}

const hasKeys = (declared: Type | undefined): boolean => {
  const type = declared?.kind === "optional" ? declared.of : declared;
  return type?.kind === "map" || type?.kind === "headers";
};

function rewrite(
  value: JsonValue,
  place: PlacePlan,
  method: RedactionMethodDocument | null,
  context: RedactionContext,
): JsonValue {
  const hashKey = context.hashKey ?? "";
  if (method === null) return rewriteDeep(value, place.spans, hashKey);
  // What is masked already stays masked: a digest of the mask would say less, and differ the second time.
  if (value === MASK && strengthOf(method) > strengthOf("mask")) return MASK;
  if (method === "mask") return MASK;
  if (method === "hash")
    return keyedDigest(hashKey, typeof value === "string" ? value : JSON.stringify(value));
  if (method === "remove") return null;
  if ("truncate" in method) return typeof value === "string" ? takeCodePoints(value, method.truncate) : MASK;
  return method.replace as JsonValue;
}

/** Rewrites every string at any depth, keys included. */
function rewriteDeep(value: JsonValue, spans: readonly SpanRedaction[], hashKey: string): JsonValue {
  if (typeof value === "string") {
    const text = rewriteSpans(value, spans, hashKey);
    return hides(text, spans) ? MASK : text;
  }
  if (Array.isArray(value))
    return (value as readonly JsonValue[]).map((each) => rewriteDeep(each, spans, hashKey));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(
    ([key, member]) => [key, rewriteDeep(member, spans, hashKey)] as const,
  );
  return rewriteKeys(objectOf(members), spans, hashKey);
}

/** A member whose key holds a match is masked whole, unless a stronger step has replaced it, and its key rewritten. */
function rewriteKeys(
  value: JsonValue,
  spans: readonly SpanRedaction[],
  hashKey: string,
  isReplaced: (key: string) => boolean = () => false,
): JsonValue {
  if (!isObject(value)) return value;
  return objectOf(
    Object.entries(value).map(([key, member]): [string, JsonValue] => {
      const hidden = isReplaced(key) ? member : MASK;
      if (spans.some(({ matcher }) => matcher.test(key))) return [rewriteSpans(key, spans, hashKey), hidden];
      return hides(key, spans) ? [MASK, hidden] : [key, member];
    }),
  );
}

/** A detector finds something once encodings are undone, or could not look: then the whole text goes. */
function hides(value: JsonValue, spans: readonly SpanRedaction[]): boolean {
  const forms = decodedForms(value);
  return forms === undefined || spans.some(({ matcher }) => forms.some((form) => matcher.test(form)));
}

/** An object whose own keys may be anything, `__proto__` included. */
function objectOf(entries: readonly (readonly [string, JsonValue])[]): JsonObject {
  const result = Object.create(null) as Record<string, JsonValue>;
  for (const [key, value] of entries) result[key] = value;
  return result;
}

function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy);
  if (!isObject(value)) return value;
  return objectOf(Object.entries(value).map(([key, member]) => [key, structuredCopy(member) as JsonValue]));
}

const liesBelow = (place: Place, outer: Place): boolean =>
  place.length > outer.length && outer.every((each, index) => each === place[index]);

type Container = Record<string | number, JsonValue>;

function containerOf(root: unknown, place: Place): Container | null {
  let at: unknown = root;
  for (const key of place.slice(0, -1)) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return null;
    at = (at as Container)[key];
  }
  const last = place.at(-1);
  return typeof at === "object" && at !== null && last !== undefined && Object.hasOwn(at, last)
    ? (at as Container)
    : null;
}

function writeAt(root: unknown, place: Place, change: (value: JsonValue) => JsonValue): boolean {
  const container = containerOf(root, place);
  const key = place.at(-1);
  if (container === null || key === undefined) return false;
  container[key] = change(container[key] ?? null);
  return true;
}

function removeAt(root: unknown, place: Place): void {
  const container = containerOf(root, place);
  const key = place.at(-1);
  if (container === null || key === undefined) return;
  if (Array.isArray(container)) container.splice(Number(key), 1);
  else delete container[key];
}

/** Later indices first; deeper places before shallower ones. */
function byPositionFromEnd(a: Place, b: Place): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const left = a[index];
    const right = b[index];
    if (left === right) continue;
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    if (typeof left === "number" && typeof right === "number") return right - left;
    return compareUtf8(String(left), String(right));
  }
  return 0;
}
