// @bufbuild/cel: each rule's conditions as one planned expression, the rules found by the host.
import { celEnv, parse, plan } from "@bufbuild/cel";
import { celText, decideBy, indexRules } from "./by-place.mjs";

export default {
  load(rules) {
    const env = celEnv();
    const index = indexRules(rules, ({ when }) =>
      plan(env, parse(when.map((each) => celText(each)).join(" && "))),
    );
    return {
      prepare: (requests) =>
        requests.map((request) => ({
          request,
          context: { args: { ...request.args, amount: BigInt(request.args.amount) } },
        })),
      decide: ({ request, context }) => decideBy(index, request, (test) => test(context) === true),
      answer: (decided) => decided,
    };
  },
};
