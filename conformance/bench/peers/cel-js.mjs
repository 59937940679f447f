// @marcbachmann/cel-js: each rule's conditions as one parsed expression, the rules found by the host.
import { parse } from "@marcbachmann/cel-js";
import { celText, decideBy, indexRules } from "./by-place.mjs";

export default {
  load(rules) {
    const index = indexRules(rules, ({ when }) => parse(when.map((each) => celText(each)).join(" && ")));
    return {
      // Numbers of CEL are integers of 64 bits: as such they are handed in.
      prepare: (requests) =>
        requests.map((request) => ({
          request,
          context: { args: { ...request.args, amount: BigInt(request.args.amount) } },
        })),
      decide: ({ request, context }) => decideBy(index, request, (test) => test(context)),
      answer: (decided) => decided,
    };
  },
};
