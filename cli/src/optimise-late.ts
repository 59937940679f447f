// Has V8 wait before it optimises what a short command runs: what it prepares on another thread is seldom ready in time to
// be used, and takes a second of a machine with few cores. Compiling 1,000 rules took a third less.
import { setFlagsFromString } from "node:v8";

/** How much bytecode a function runs before V8 thinks of optimising it, in bytes: as V8 has it, and six times that. */
const USUAL = 67_584;
const LATE = 400_000;

/** Measured with the V8 of Node 20. Later ones optimise in smaller steps; and V8 prints what it does not know. */
const APPLIES = process.versions.v8.startsWith("11.");

export async function optimisingLate<Result>(run: () => Result | Promise<Result>): Promise<Result> {
  if (!APPLIES) return run();
  setFlagsFromString(`--interrupt-budget=${LATE}`);
  try {
    return await run();
  } finally {
    // Compiled code that is kept fits only the flags that it was kept with.
    setFlagsFromString(`--interrupt-budget=${USUAL}`);
  }
}
