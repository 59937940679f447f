// A whole program as the bytes of a module.
import { compareUtf8, type IrAction, type IrCounter, type IrProgram } from "@aegis/runtime/core";
import { EncodeContext } from "./encode-context.ts";
import { ExpressionEncoder } from "./encode-expressions.ts";
import { encodeParsedTypes } from "./encode-parsed-types.ts";
import { PlanEncoder } from "./encode-plan.ts";
import { encodeRequest } from "./encode-request.ts";
import { encodeRules, type RuleTables } from "./encode-rules.ts";
import { encodeRecord, encodeType, keyMode } from "./encode-types.ts";
import { encodeHeader, HEADER_ADDRESS, PLACE_BYTES } from "./header.ts";
import { linkModule } from "./link-module.ts";
import { tableBase } from "./runtime-module.ts";

/** By number; the runtime knows them in this order. */
export const ENTRYPOINTS = ["aegis/decision", "aegis/visible", "aegis/advance"] as const;

export function encodeProgram(program: IrProgram): Uint8Array {
  const context = new EncodeContext(program);
  const { image, functions } = context;
  const expressions = new ExpressionEncoder(context);
  const rules = encodeRules(context, expressions);
  const request = encodeRequest(context);
  const plans = new PlanEncoder(context, expressions);
  const actions = encodeActions(context, expressions, rules, plans);
  const visible = encodeVisible(context, expressions);
  const places = placesFor(program.rules.length);
  const header = encodeHeader(
    {
      ...actions,
      ...plans.tables(),
      request,
      visible,
      time: expressions.contextOffset("time"),
      session: expressions.contextOffset("session"),
      entrypoints: encodeEntrypoints(context),
      ...encodeParsedTypes(context),
      ...Object.fromEntries(context.parts),
    },
    program.stateDigest,
    places,
    image,
  );
  return linkModule(
    functions,
    { address: HEADER_ADDRESS, bytes: header },
    { address: tableBase(), bytes: image.bytes },
    places * PLACE_BYTES,
  );
}

const FEWEST_PLACES = 64;
const MOST_PLACES = 256;

/** Places for answers to be given again: some for each rule, a power of two. */
function placesFor(rules: number): number {
  let places = FEWEST_PLACES;
  while (places < rules * 2 && places < MOST_PLACES) places *= 2;
  return places;
}

/** The table in which an action is looked up by the hash of its names. */
function encodeActions(
  context: EncodeContext,
  expressions: ExpressionEncoder,
  rules: RuleTables,
  plans: PlanEncoder,
): { readonly actions: number; readonly actionMask: number } {
  const { program, image } = context;
  const reservations = reservationsByAction(program);
  let size = 2;
  while (size < program.actions.length * 2) size *= 2;
  const table = Array.from({ length: size }, () => 0);
  program.actions.forEach((action, index) => {
    const { tool, action: name, params, open, result } = action;
    const address = image.words([
      ...image.text(tool),
      ...image.text(name),
      encodeRecord(params, open, context),
      encodeType(result, context),
      Number(result.kind === "json" || result.kind === "optional"),
      rules(index, "call"),
      rules(index, "result"),
      encodeReservations(reservations[index] ?? [], context, expressions, index),
      plans.plan(index),
    ]);
    let place = hashOf(action);
    while (table[place & (size - 1)] !== 0) place++;
    table[place & (size - 1)] = address;
  });
  return { actions: image.unshared(table), actionMask: size - 1 };
}

const ENCODER = new TextEncoder();
const MIX = 0x9e3779b97f4a7c15n;

/** As the runtime does it. */
function hashOf({ tool, action }: IrAction): number {
  const mixed = BigInt.asUintN(64, (ends(tool) * MIX + ends(action)) * MIX);
  return Number(mixed >> 32n);
}

/** The first and the last eight bytes of a text, or all of a shorter one as the highest bytes. */
function ends(text: string): bigint {
  const bytes = ENCODER.encode(text);
  if (bytes.length < 8) {
    const highest = new Uint8Array(8);
    highest.set(bytes, 8 - bytes.length);
    return wordAt(highest, 0);
  }
  return wordAt(bytes, 0) ^ wordAt(bytes, bytes.length - 8);
}

const wordAt = ({ buffer, byteOffset }: Uint8Array, at: number): bigint =>
  new DataView(buffer, byteOffset + at).getBigUint64(0, true);

type Reservation = readonly [counter: IrCounter, target: IrCounter["targets"][number]];

function reservationsByAction({ actions, counters }: IrProgram): readonly (readonly Reservation[])[] {
  const found = actions.map((): Reservation[] => []);
  const sorted = [...counters].sort((a, b) => compareUtf8(a.id, b.id));
  for (const counter of sorted) {
    for (const target of counter.targets) found[target.action]?.push([counter, target]);
  }
  return found;
}

function encodeReservations(
  reservations: readonly Reservation[],
  context: EncodeContext,
  expressions: ExpressionEncoder,
  action: number,
): number {
  if (reservations.length === 0) return 0;
  context.need("reserve");
  const { image } = context;
  return image.words([
    reservations.length,
    0,
    ...reservations.flatMap(([{ id, type, key }, target]) => {
      const keys = target.key.flatMap((index, place) => {
        const of = key[place];
        return of === undefined ? [] : [expressions.expression(index, action), keyMode(of)];
      });
      return [
        ...image.quoted(id),
        expressions.expression(target.amount, action),
        Number(type === "decimal"),
        keys.length / 2,
        keys.length === 0 ? 0 : image.words(keys),
      ];
    }),
  ]);
}

/** Sorted by tool and action. */
function encodeVisible({ program, image }: EncodeContext, expressions: ExpressionEncoder): number {
  const sorted = program.actions
    .map((action, index) => ({ ...action, index }))
    .sort((a, b) => compareUtf8(a.tool, b.tool) || compareUtf8(a.action, b.action));
  return image.words([
    sorted.length,
    0,
    ...sorted.flatMap(({ visible, tool, action, index }) => [
      expressions.condition(visible, index),
      0,
      ...image.text(JSON.stringify({ tool, action })),
    ]),
  ]);
}

const NODE = { number: 3, string: 4, object: 6 } as const;

/** An empty object for the builtins, and directly behind it the object of entrypoints. */
function encodeEntrypoints({ image }: EncodeContext): number {
  const first = ENTRYPOINTS.reduceRight<number>(
    (next, name, index) =>
      image.unshared([NODE.string, ...image.text(name), next, NODE.number, ...image.text(String(index)), 0]),
    0,
  );
  return image.unshared([NODE.object, 0, 0, 0, NODE.object, first, ENTRYPOINTS.length, 0]) + 16;
}
