// Makes of a workload's rules what an engine is loaded from, and writes it down: MODULE WORKLOAD FILE.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { serialize } from "node:v8";
import type { BenchRule } from "../workload/bench-rule.ts";
import type { WorkloadFile } from "./child-protocol.ts";

const [module = "", workload = "", file = ""] = process.argv.slice(2);
const { rules } = JSON.parse(readFileSync(workload, "utf8")) as WorkloadFile;
const { default: build } = (await import(pathToFileURL(module).href)) as {
  readonly default: (rules: readonly BenchRule[]) => unknown;
};
writeFileSync(file, serialize(await build(rules)));
