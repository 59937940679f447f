// From a bundle's bytes to the first decision, its signature verified: BUNDLE PUBLIC-KEY REQUEST. Prints milliseconds.
import { readFileSync } from "node:fs";
import { loadPolicy, readVerificationKey } from "@aegis/runtime/enforce";

const [bundle = "", key = "", request = ""] = process.argv.slice(2);
const [bytes, pem, text] = [readFileSync(bundle), readFileSync(key, "utf8"), readFileSync(request, "utf8")];
const startEarly = {
  onProblem(problem: string) {
    throw new Error(problem);
  },
};
const start = performance.now();
const known = await readVerificationKey(pem);
if (known === undefined) throw new Error("no public key");
const loaded = await loadPolicy(bytes, { trust: { keys: [known] }, codegen: true, startEarly });
if (!loaded.ok) throw new Error(loaded.problem);
const { decision, code } = loaded.policy.engine.decideText(text);
const end = performance.now();
if (code !== "matched") throw new Error(`decided ${decision}: ${code}`);
process.stdout.write(JSON.stringify({ workMs: end - start }));
