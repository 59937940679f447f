// The linter gives way to a newer text, and what it found stays while it stands where it stood.
import { expect, test } from "vitest";
import { largePolicy } from "../testing/large-policy.ts";
import { Workspace } from "./workspace.ts";

const URI = "file:///lint/a.aegis";
const TEXT = `package a
import std.tools.{git}
const a = 1
const b = 2
allow first: git.commit
allow push: git.push
allow fetch: git.fetch
deny second: git.push when args.force
`;

async function opened(text: string) {
  const workspace = new Workspace(
    { list: () => Promise.resolve([]), read: () => Promise.resolve({ ok: false, reason: "none" }) },
    { now: () => 0, changed: () => undefined },
  );
  await workspace.open(URI, "aegis", 1, text);
  const project = workspace.projectOf(URI);
  if (project === undefined) throw new Error("the document has no project");
  let now = text;
  return {
    project,
    edit: async (from: string, to: string) => {
      now = now.replace(from, to);
      await workspace.change(URI, 2, [{ range: null, text: now }]);
      return project.state();
    },
  };
}

const places = (found: readonly { readonly code: string; readonly span: { readonly start: number } }[]) =>
  found.map(({ code, span }) => `${code} ${String(span.start)}`);

test("findings move with their declaration, and go with it", async () => {
  const { project, edit } = await opened(TEXT);
  const before = await project.lint(await project.state());
  expect(places(before ?? [])).toEqual([`lint/no-because ${String(TEXT.indexOf("second"))}`]);
  const broken = await edit("allow first: git.commit", "allow first: nope.commit");
  expect(places(project.linting.standing(broken))).toEqual([
    `lint/no-because ${String(TEXT.indexOf("second") + 1)}`,
  ]);
  expect(await project.lint(broken)).toEqual([]);
  expect(project.linting.standing(broken)).toEqual([]);
});

test("a newer text ends the work on an older one", async () => {
  const { project, edit } = await opened(largePolicy(3000, "a"));
  const old = project.lint(await project.state());
  const state = await edit("agent-1", "agent-one");
  expect(await old).toBe(null);
  expect(project.linting.isFinished(state)).toBe(false);
  expect((await project.lint(state))?.length).toBeGreaterThan(0);
  expect(project.linting.isFinished(state)).toBe(true);
});
