// What the debugger shows beside a step: the condition, the rule, the request and the decision, as trees of variables.
import type { DebugProtocol } from "@vscode/debugprotocol";
import { overlaps } from "@aegis/runtime/core";
import type { ExplainedRequest } from "./debuggee.ts";
import type { DecisionStep } from "./decision-steps.ts";

/** Members of an object or list, by name; leaves are JSON text already. */
interface Branch {
  readonly value: unknown;
  /** JSON pointer in the request; null outside of it. */
  readonly pointer: string | null;
  readonly hidden: readonly string[];
}
type Shown = Pick<DebugProtocol.Variable, "value" | "variablesReference">;

const isContainer = (value: unknown): value is object => typeof value === "object" && value !== null;
const escaped = (name: string): string => name.replaceAll("~", "~0").replaceAll("/", "~1");

export class VariableTree {
  readonly #branches: Branch[] = [];

  clear(): void {
    this.#branches.length = 0;
  }

  scopesOf({ request, explanation }: ExplainedRequest, step: DecisionStep): Readonly<Record<string, Branch>> {
    const hidden = hiddenPlaces(explanation.decision.obligations);
    const plain = (value: unknown): Branch => ({ value, pointer: null, hidden: [] });
    const asked = { Request: { value: request, pointer: "", hidden } };
    if (step.kind === "decision") return { Decision: plain(explanation.decision), ...asked };
    const { rule } = step;
    const about = {
      id: rule.id,
      effect: rule.effect,
      outcome: rule.outcome,
      ...(rule.unreadable.length === 0 ? {} : { unreadable: rule.unreadable }),
    };
    if (step.kind === "rule") return { Rule: plain(about), ...asked };
    const { text, role, held, values } = step.condition;
    // Values come as JSON text, redacted where a rule redacts.
    const read = Object.fromEntries(values.map(({ place, value }) => [place, new JsonText(value)]));
    return {
      Condition: plain({ [role]: new JsonText(text), holds: held, ...read }),
      Rule: plain(about),
      ...asked,
    };
  }

  /** The number by which the client asks for members. */
  reference(branch: Branch): number {
    return this.#branches.push(branch);
  }

  members(reference: number): DebugProtocol.Variable[] {
    const branch = this.#branches[reference - 1];
    if (branch === undefined || !isContainer(branch.value)) return [];
    return Object.entries(branch.value).map(([name, value]) => ({
      name,
      ...this.#show({
        value,
        pointer: branch.pointer === null ? null : `${branch.pointer}/${escaped(name)}`,
        hidden: branch.hidden,
      }),
    }));
  }

  /** A place of the request by its path, such as `args`, `url`; undefined when there is none. */
  find(
    { request, explanation }: ExplainedRequest,
    path: readonly string[],
  ): DebugProtocol.EvaluateResponse["body"] | undefined {
    let value: unknown = request;
    for (const name of path) {
      if (!isContainer(value) || !Object.hasOwn(value, name)) return undefined;
      value = new Map(Object.entries(value)).get(name);
    }
    const pointer = path.map((each) => `/${escaped(each)}`).join("");
    const shown = this.#show({ value, pointer, hidden: hiddenPlaces(explanation.decision.obligations) });
    return { result: shown.value, variablesReference: shown.variablesReference };
  }

  #show(branch: Branch): Shown {
    const { value, pointer, hidden } = branch;
    if (pointer !== null && pointer !== "" && hidden.some((each) => covers(each, pointer)))
      return { value: "[redacted]", variablesReference: 0 };
    if (value instanceof JsonText) return { value: value.text, variablesReference: 0 };
    if (!isContainer(value)) return { value: JSON.stringify(value), variablesReference: 0 };
    const size = Object.keys(value).length;
    const sign = Array.isArray(value) ? `[${String(size)}]` : `{${String(size)}}`;
    return { value: sign, variablesReference: this.reference(branch) };
  }
}

/** Text that is shown as it is. */
class JsonText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const hiddenPlaces = (obligations: ExplainedRequest["explanation"]["decision"]["obligations"]): string[] =>
  obligations.flatMap((each) => (each.type === "redact" ? [each.path] : []));

/** Whether the place lies in a redacted one; one that only contains it is opened, and its members looked at. */
const covers = (redacted: string, pointer: string): boolean =>
  pointer.split("/").length >= redacted.split("/").length && overlaps(redacted, pointer);
