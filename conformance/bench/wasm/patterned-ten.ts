// The ten rules with two patterns, each asked about by one of them.
import { ruleSet } from "../workload/rule-set.ts";
import { toAegis } from "../workload/to-aegis.ts";

const PATTERNS = `
pattern key = re"BEGIN [A-Z ]*PRIVATE KEY"
pattern release = re"^release/[0-9]+$"
`;

/** As Aegis source. */
export const patternedTen = (): string =>
  toAegis(ruleSet(10))
    .replace("package bench\n", `package bench\n${PATTERNS}`)
    .replace('args.resource == "main"', 'args.resource == "main" and args.note matches key')
    .replace("args.amount <= 500", "args.amount <= 500 and args.note matches release");
