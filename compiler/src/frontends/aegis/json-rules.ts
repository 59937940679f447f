// Grammar of the JSON in tests: names as keys and values, one more comma allowed at the end.
import type { JsonNode } from "../../syntax/ast.ts";
import { PolicyRules } from "./policy-rules.ts";

type JsonMember = Extract<JsonNode, { kind: "json-object" }>["members"][number];

/** Tests may hold deeper JSON than expressions: hostile input is worth testing. */
const MAX_JSON_NESTING = 100;

export abstract class JsonRules extends PolicyRules {
  /** Whether JSON can begin with what stands next. */
  protected atJson(): boolean {
    switch (this.kind) {
      case "{":
      case "[":
      case "Text":
      case "-":
      case "Number":
      case "true":
      case "false":
        return true;
      default:
        return this.atWord();
    }
  }

  protected json(): JsonNode {
    this.enter(MAX_JSON_NESTING);
    const node = this.#value();
    this.nesting -= 1;
    return node;
  }

  #value(): JsonNode {
    const first = this.here;
    const { kind } = this;
    switch (kind) {
      case "{":
        return this.#object();
      case "[":
        return this.#array();
      case "Text": {
        const { span, value } = this.stringLiteral(undefined, "json");
        return { kind: "json-string", span, value };
      }
      case "-":
      case "Number": {
        const minus = this.eat("-") ? "-" : "";
        const text = minus + this.tokens.image(this.expect("Number"));
        return { kind: "json-number", span: this.from(first), text };
      }
      case "true":
      case "false":
        this.take();
        return { kind: "json-bool", span: this.from(first), value: kind === "true" };
      case "null":
        this.take();
        return { kind: "json-null", span: this.from(first) };
      default: {
        if (!this.atWord()) this.fail(this.expected("a value as in JSON"));
        const { span, text } = this.takeName();
        return { kind: "json-string", span, value: text };
      }
    }
  }

  #array(): JsonNode {
    const first = this.take();
    const items: JsonNode[] = [];
    while (this.atJson()) {
      items.push(this.json());
      if (!this.eat(",")) break;
    }
    this.expect("]", "`,` or `]` after the value");
    return { kind: "json-array", span: this.from(first), items };
  }

  #object(): JsonNode {
    const first = this.take();
    const members: JsonMember[] = [];
    while (this.at("Text") || this.atAnyWord()) {
      members.push(this.#member());
      if (!this.eat(",")) break;
    }
    this.expect("}", "`,` or `}` after the value");
    return { kind: "json-object", span: this.from(first), members };
  }
  #member(): JsonMember {
    const key = this.at("Text") ? this.stringLiteral(undefined, "json") : this.takeName();
    this.expect(":", "`:` after the key");
    const text = key.kind === "string" ? key.value : key.text;
    return { key: text, keySpan: key.span, value: this.json() };
  }
}
