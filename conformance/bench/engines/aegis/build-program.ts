// The text of the program as it stands in a bundle.
import { encodeIr } from "@aegis/runtime/core";
import type { BenchRule } from "../../workload/bench-rule.ts";
import { compileRules } from "./compile-rules.ts";

export default (rules: readonly BenchRule[]): string => encodeIr(compileRules(rules));
