// Two names, or two constants, that look alike and are not (UTS 39): one of them may have been slipped in.
import unhomoglyph from "unhomoglyph";
import type { CheckedProgram } from "../../../checker/checked-program.ts";
import type { Module } from "../../../syntax/ast.ts";
import type { Span } from "../../../source/span.ts";
import { walkExpression } from "../../../syntax/expression-children.ts";
import { defineLintRule } from "../../define-lint-rule.ts";
import { readingsOf } from "../../reading/conditions.ts";

interface Written {
  readonly text: string;
  readonly span: Span;
}

/** So many names and constants are compared without a pause. */
const BATCH = 500;

export const confusable = defineLintRule(
  "confusable",
  {
    doc: "Names or constants that look alike and are different texts.",
    severity: "error",
    message: "`{text}` looks like `{other}` and is not the same",
    help: "{hint}",
  },
  function* ({ checked, modules }, finding) {
    const seen = new Map<string, Written>();
    let count = 0;
    for (const written of [...modules.flatMap((each) => [...namesOf(each)]), ...constantsOf(checked)]) {
      if (++count % BATCH === 0) yield null;
      const { text, span } = written;
      const key = skeletonOf(written);
      const first = seen.get(key);
      if (first === undefined) seen.set(key, { text, span });
      else if (first.text !== text)
        yield finding(
          span,
          {
            text: shown(text),
            other: shown(first.text),
            hint: "spell both alike, or choose a name that no eye takes for the other",
          },
          { related: [{ span: first.span, message: "the other one" }] },
        );
      else continue;
      if (isMixed(text))
        yield finding(span, {
          text: shown(text),
          other: skeletonInAscii(text),
          hint: "it mixes letters of several scripts: type it again, or write it as escapes so that readers see what it is",
        });
    }
  },
);

const skeletons = new WeakMap<Span, string>();

/** Remembered by the place, which is its own for each name and constant and stays while the text does. */
function skeletonOf({ text, span }: Written): string {
  const known = skeletons.get(span) ?? skeleton(text);
  skeletons.set(span, known);
  return known;
}

/** UTS 39, section 4, after NFKC: hosts fold width and ligatures too. */
const skeleton = (text: string): string =>
  unhomoglyph(text.normalize("NFKC").normalize("NFD")).normalize("NFD");
const skeletonInAscii = (text: string): string => unhomoglyph(text.normalize("NFKC"));

const SCRIPTS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];
/** Letters of two scripts that look alike, in one word. */
const isMixed = (text: string): boolean =>
  text.split(/[^\p{L}\p{M}\p{N}]+/u).some((word) => SCRIPTS.filter((script) => script.test(word)).length > 1);

/** What is not ASCII is shown as escapes: otherwise both would print alike. */
const shown = (text: string): string =>
  text.replace(/[^\x20-\x7e]/gu, (each) => `\\u{${(each.codePointAt(0) ?? 0).toString(16)}}`);

function* namesOf(module: Module): Generator<Written> {
  for (const item of module.items) {
    if ("name" in item) yield item.name;
    if (item.kind === "policy") for (const rule of item.rules) yield rule.name;
    if (item.kind === "enum") yield* item.members;
    if (item.kind === "tool") {
      if (item.wire !== null) yield { text: item.wire.value, span: item.wire.span };
      for (const action of item.actions) yield action.name;
    }
    if (item.kind === "const")
      for (const node of walkExpression(item.value))
        if (node.kind === "string") yield { text: node.value, span: node.span };
  }
}

function* constantsOf({ rules }: CheckedProgram): Generator<Written> {
  for (const rule of rules)
    for (const group of rule.groups)
      for (const { node } of readingsOf(rule, group))
        if (node.kind === "string" && node.value !== "") yield { text: node.value, span: node.span };
}
