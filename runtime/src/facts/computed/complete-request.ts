// Adds the computed facts to request documents: for hosts that decide on documents without an enforcement point around them.
import { isJsonObject } from "../../core/input/validate-value.ts";
import type { IrProgram } from "../../core/ir/ir.ts";
import { canonicalJson } from "../../core/values/canonical-json.ts";
import { readIJson } from "../../core/values/read-i-json.ts";
import type { JsonValue } from "../../core/values/value.ts";
import type { RequestFacts } from "./fact-computer.ts";
import { factComputer } from "./fact-computer.ts";

/**
 * What a request says of facts stands; what it leaves out and the runtime can compute is added. Texts that are no such
 * request come back as they are, for the engine to refuse.
 */
export function requestCompleter(program: IrProgram): (text: string) => string {
  const factsOf = factComputer(program);
  return (text) => {
    const read = readIJson(text);
    if (!read.ok || !isJsonObject(read.value)) return text;
    const { tool, action, args, facts = {} } = read.value;
    if (typeof tool !== "string" || typeof action !== "string" || args === undefined) return text;
    if (!isJsonObject(args) || !isFacts(facts)) return text;
    return canonicalJson({ ...read.value, facts: factsOf(tool, action, args, facts) });
  };
}

const isFacts = (facts: JsonValue): facts is RequestFacts =>
  isJsonObject(facts) && Object.values(facts).every((each) => isJsonObject(each));
