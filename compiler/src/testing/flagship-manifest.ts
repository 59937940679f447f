// The manifest that the flagship policy (fixtures/syntax/codegen.aegis) and the examples of the documentation name.
const TEXT = { type: "string" };

/** An action with these arguments, all of them required strings. */
const action = (name: string, ...names: readonly string[]): object => ({
  name,
  inputSchema: {
    type: "object",
    properties: Object.fromEntries(names.map((each) => [each, TEXT])),
    required: names,
    additionalProperties: false,
  },
});

/** `github.tools.json`. */
export const FLAGSHIP_MANIFEST = JSON.stringify({
  tools: [action("create_or_update_file", "path", "branch", "content"), action("get_file_contents", "path")],
});
