// From a bundle's bytes to the first decision, its signature verified: BUNDLE PUBLIC-KEY REQUEST [whole [OTHER-BUNDLE]]. Prints
// milliseconds. `whole`: all of it is checked before anything is decided. OTHER-BUNDLE: is loaded ten times before.
import { readFileSync } from "node:fs";
import { loadPolicy, readVerificationKey } from "@aegis/runtime/enforce";

const LOADS_BEFORE = 10;
const [bundle = "", key = "", request = "", checks = "early", other] = process.argv.slice(2);
const [bytes, pem, text] = [readFileSync(bundle), readFileSync(key, "utf8"), readFileSync(request, "utf8")];
const onProblem = (problem: string): void => {
  throw new Error(problem);
};

async function load(from: Uint8Array): Promise<number> {
  const start = performance.now();
  const known = await readVerificationKey(pem);
  if (known === undefined) throw new Error("no public key");
  const early = checks === "early" ? { startEarly: { onProblem } } : {};
  const loaded = await loadPolicy(from, { trust: { keys: [known] }, codegen: true, ...early });
  if (!loaded.ok) throw new Error(loaded.problem);
  const { decision, code } = loaded.policy.engine.decideText(text);
  const end = performance.now();
  if (code !== "matched") throw new Error(`decided ${decision}: ${code}`);
  if (!loaded.policy.settle()) throw new Error("the policy cannot be run");
  return end - start;
}

if (other !== undefined) {
  const before = readFileSync(other);
  for (let times = 0; times < LOADS_BEFORE; times++) await load(before);
}
process.stdout.write(JSON.stringify({ workMs: await load(bytes) }));
