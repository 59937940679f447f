// The program as a policy.wasm.
import { moduleOf } from "../../../src/wasm/module.ts";
import type { BenchRule } from "../../workload/bench-rule.ts";
import { compileRules } from "./compile-rules.ts";

export default (rules: readonly BenchRule[]): Uint8Array => moduleOf(compileRules(rules));
