// Policies that decide before all of their program was checked: what is unsound denies, at the latest when the check gets there.
import { beforeAll, describe, expect, test } from "vitest";
import type { Signer } from "@aegis/compiler";
import type { IrProgram } from "@aegis/runtime/core";
import {
  loadPolicy,
  PolicyRuntime,
  type BundleTrust,
  type LoadedPolicy,
  type LoadPolicyResult,
} from "@aegis/runtime/enforce";
import { devSigner } from "./dev-signer.ts";
import { bundleOfProgram, policyOf, programOf } from "./policy-text.ts";

const ACTIONS = Array.from({ length: 40 }, (_, at) => `a${at}`);
const TEXT = `package p
tool t { ${ACTIONS.map((name) => `${name}(name: string)`).join("\n")} }
label seen set on call t.a1 per session
${ACTIONS.map((name) => `allow ${name}_fine: t.${name} when args.name == "fine ${name}"`).join("\n")}
deny tainted: t.a2 when session has seen`;
const sound = programOf(TEXT);
/** The condition of `a0` is about something that it has not. */
const unsound: IrProgram = {
  ...sound,
  expressions: [...sound.expressions, { kind: "label", cell: 7, maybe: true, key: [] }],
  rules: sound.rules.map((rule) =>
    rule.id === "p.a0_fine"
      ? { ...rule, targets: rule.targets.map((each) => ({ ...each, when: sound.expressions.length })) }
      : rule,
  ),
};

let signer: Signer;
let trust: BundleTrust;
beforeAll(async () => {
  ({ signer, trust } = await devSigner());
});
const bundle = (ir: IrProgram): Promise<Uint8Array> => bundleOfProgram(ir, {}, signer);
const load = async (ir: IrProgram, onProblem: (problem: string) => void): Promise<LoadPolicyResult> =>
  loadPolicy(await bundle(ir), { trust, startEarly: { onProblem } });
async function loaded(ir: IrProgram): Promise<{ policy: LoadedPolicy; problems: string[] }> {
  const problems: string[] = [];
  const result = await load(ir, (problem) => problems.push(problem));
  if (!result.ok) throw new Error(result.problem);
  return { policy: result.policy, problems };
}
const request = (name: string) => ({
  agent: { id: "bot" },
  tool: "t",
  action: name,
  args: { name: `fine ${name}` },
});
const codeOf = ({ engine }: LoadedPolicy, name: string): string => engine.decide(request(name)).code;
/** Until the check of the rest has ended, however many turns it takes. */
async function untilTold(problems: readonly string[]): Promise<void> {
  while (problems.length === 0) await new Promise((resolve) => setTimeout(resolve));
}
const PROBLEM = /^its program cannot be run: an unknown label at \/rules\/\d+\/targets\/0$/;

describe("a bundle that is loaded to start early", () => {
  test("decides as one that was checked first, call by call and state included", async () => {
    const { policy, problems } = await loaded(sound);
    const runtimes = [policy, policyOf(TEXT)].map((each) => new PolicyRuntime([each]));
    const decisions = await Promise.all(
      runtimes.map(async (runtime) => {
        const session = await runtime.openSession({ id: "bot" });
        const told = [];
        for (const name of ["a2", "a1", "a2", "a3"]) {
          const call = await runtime.authorize({ ...request(name), session });
          told.push(call.decision, call.runs);
          await call.finish({ status: "ok", value: null });
        }
        return told;
      }),
    );
    expect(decisions[0]).toEqual(decisions[1]);
    expect(policy.settle()).toBe(true);
    expect(problems).toEqual([]);
  });

  test("denies at once what an unsound rule would decide, and with it everything", async () => {
    const { policy, problems } = await loaded(unsound);
    expect(codeOf(policy, "a1")).toBe("matched");
    expect(policy.engine.decide(request("a0"))).toEqual({
      decision: "deny",
      code: "bundle_invalid",
      rules: [],
      reason: "the policy cannot be loaded",
      obligations: [],
    });
    expect(problems).toEqual([expect.stringMatching(PROBLEM)]);
    expect(codeOf(policy, "a1")).toBe("bundle_invalid");
    expect(policy.engine.decideText(JSON.stringify(request("a3"))).code).toBe("bundle_invalid");
    expect(policy.engine.visible({ agent: { id: "bot" } })).toEqual([]);
  });

  test("denies everything once the check has come to what is unsound, and tells it once", async () => {
    const { policy, problems } = await loaded(unsound);
    const runtime = new PolicyRuntime([policy]);
    expect((await runtime.authorize(request("a1"))).runs).toBe(true);
    await untilTold(problems);
    const call = await runtime.authorize(request("a1"));
    expect([call.runs, call.decision.code]).toEqual([false, "bundle_invalid"]);
    expect(codeOf(policy, "a0")).toBe("bundle_invalid");
    expect(policy.settle()).toBe(false);
    expect(problems).toEqual([expect.stringMatching(PROBLEM)]);
  });

  test("is checked whole before it replaces another, and does not when it cannot be run", async () => {
    const runtime = new PolicyRuntime([policyOf(TEXT)]);
    const { policy, problems } = await loaded(unsound);
    expect(() => runtime.swap([policy])).toThrow("cannot be run");
    expect(problems).toHaveLength(1);
    expect((await runtime.authorize(request("a1"))).runs).toBe(true);
    runtime.swap([(await loaded(sound)).policy]);
    expect((await runtime.authorize(request("a0"))).runs).toBe(true);
  });

  test("denies also where nobody can be told", async () => {
    const result = await load(unsound, () => {
      throw new Error("deaf");
    });
    if (!result.ok) throw new Error(result.problem);
    expect(codeOf(result.policy, "a0")).toBe("bundle_invalid");
  });

  test("is refused like any other where it is not wished for, or what is wrong concerns every call", async () => {
    const checked = await loadPolicy(await bundle(unsound), { trust });
    expect(checked.ok ? "" : checked.problem).toMatch(PROBLEM);
    const twice = { ...sound, rules: [...sound.rules, ...sound.rules.slice(0, 1)] };
    const result = await load(twice, () => undefined);
    expect(result.ok ? "" : result.problem).toMatch(/two rules of one name/);
    expect(
      (
        await loadPolicy(await bundle(sound), {
          trust: { keys: [] },
          startEarly: { onProblem: () => undefined },
        })
      ).ok,
    ).toBe(false);
  });
});
