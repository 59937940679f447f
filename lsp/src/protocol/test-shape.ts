// A test as clients are told of it.
import type { TestItem } from "../workspace/tests.ts";
import type { TestItemShape } from "./custom-requests.ts";
import type { Located, ServerContext } from "./server-context.ts";

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export const testShape = (
  context: ServerContext,
  at: Pick<Located, "project" | "view">,
  { id, title, kind, span, package: name }: TestItem,
): TestItemShape => ({
  id,
  title,
  kind,
  package: name,
  location: context.location(at, span) ?? { uri: context.uriOf(at.project, span.file), range: NOWHERE },
});
