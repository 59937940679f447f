// The bound on what inlining may grow a rule to; hitting it is the user's mistake and is reported with the rule's place.

/** Expressions visited, functions inlined, while one group of a rule is lowered. */
export const MAX_LOWERING_STEPS = 20_000;
/** Nodes of one lowered expression. */
export const MAX_EXPRESSION_NODES = 20_000;

/** Thrown inside lowering only; `lowerProgram` turns it into a diagnostic. */
export class TooLarge extends Error {
  constructor() {
    super("the rule grows too large");
    this.name = "TooLarge";
  }
}
