// Names in tests: actions, arguments and attributes in raw JSON, labels, limits and rules.
import type { Expectation, TestDeclaration } from "../syntax/ast.ts";
import type { JsonNode } from "../syntax/ast.ts";
import type { ExpressionOccurrences } from "./expression-occurrences.ts";
import type { ProgramSymbols } from "./program-symbols.ts";
import type { Name, QualifiedName } from "../syntax/expression.ts";

export function testOccurrences(
  test: TestDeclaration,
  into: ExpressionOccurrences,
  symbols: ProgramSymbols,
): void {
  const expectation = (expect: Expectation | null): void => {
    for (const rule of expect?.by ?? []) into.qualified(rule, "id");
  };
  const actionOf = (tool: QualifiedName, action: Name): number | undefined => {
    const resolved = into.toolActions(tool, [action]);
    return resolved?.actions.find((each) => each.name === action.text)?.index;
  };
  const members = (json: JsonNode | null, name: (key: string, span: JsonNode["span"]) => void): void => {
    if (json?.kind === "json-object") for (const { key, keySpan } of json.members) name(key, keySpan);
  };
  for (const item of test.items) {
    switch (item.kind) {
      case "setup":
        members(item.value, (key, span) => into.add(span, symbols.attribute(item.of, key)));
        break;
      case "given":
        into.qualified(item.name, "value");
        break;
      case "visibility":
        into.selector(item.selector);
        break;
      case "step":
      case "cases": {
        const index = actionOf(item.tool, item.action);
        if (index !== undefined) {
          members(item.args, (key, span) => into.add(span, symbols.argument(index, key)));
          for (const column of item.kind === "cases" ? item.columns : [])
            into.add(column.span, symbols.argument(index, column.text));
        }
        if (item.kind === "step") {
          expectation(item.expect);
          expectation(item.expectResult);
        } else for (const row of item.rows) expectation(row.expect);
        break;
      }
      case "after":
      case "at":
        break;
    }
  }
}
