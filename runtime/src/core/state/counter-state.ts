// How counters add up: reservations in buckets of a window, settled at the finish, never below zero.
import type { IrCounter } from "../ir/ir.ts";
import { MAX_INTEGER } from "../types/type.ts";
import type { Buckets } from "./state.ts";

/** A window is the current bucket and the 60 before it. */
const BUCKETS_PER_WINDOW = 60;

const clamp = (amount: number): number => Math.min(Math.max(amount, 0), MAX_INTEGER);

/** Number of the bucket of a moment in ms; buckets are aligned to 1970 in UTC. */
export const bucketOf = (counter: IrCounter, time: number): number =>
  counter.window === null ? 0 : Math.floor(time / (counter.window / BUCKETS_PER_WINDOW));

/** Adds to a bucket; an event older than the newest bucket counts there, so that a clock set back frees nothing. */
export function addToBuckets(
  counter: IrCounter,
  buckets: Buckets,
  bucket: number,
  amount: number,
): [Buckets, number] {
  const newest = buckets.at(-1)?.[0] ?? bucket;
  const target = Math.max(bucket, newest);
  const kept = buckets.filter(([each]) => counter.window === null || each >= target - BUCKETS_PER_WINDOW);
  const last = kept.at(-1);
  if (last !== undefined && last[0] === target) {
    return [[...kept.slice(0, -1), [target, clamp(last[1] + amount)]], target];
  }
  return [[...kept, [target, clamp(amount)]], target];
}

/** Replaces a reserved amount by what was really used; a bucket that has left the window is gone. */
export const settleBuckets = (buckets: Buckets, bucket: number, reserved: number, used: number): Buckets =>
  buckets.map(
    ([each, amount]) => [each, each === bucket ? clamp(amount - reserved + used) : amount] as const,
  );

/** The counter's value at a moment in ms; saturates. */
export function sumBuckets(counter: IrCounter, buckets: Buckets, time: number): number {
  const current = bucketOf(counter, time);
  let sum = 0;
  for (const [bucket, amount] of buckets) {
    if (counter.window === null || bucket >= current - BUCKETS_PER_WINDOW) sum = clamp(sum + amount);
  }
  return sum;
}

/** True when nothing of the buckets can count any more at a moment. */
export const isExpired = (counter: IrCounter, buckets: Buckets, time: number): boolean =>
  counter.window !== null &&
  buckets.every(([bucket]) => bucket < bucketOf(counter, time) - BUCKETS_PER_WINDOW);
