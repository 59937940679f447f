// Test set-up: with AEGIS_PROPERTY_SEED every property tries the same cases each time; without it each run tries new ones.
const seed = process.env["AEGIS_PROPERTY_SEED"];
if (seed !== undefined) {
  const { configureGlobal } = await import("fast-check");
  configureGlobal({ seed: Number(seed) });
}
