// The project file: defaults, environments, and mistakes that are named.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectValidator } from "../testing/project-validator.ts";
import { paramsOf, parseProjectFile } from "./project-file.ts";

test("an empty project has defaults", () => {
  const { project } = parseProjectFile("aegis.json", "{}");
  expect(project?.sources).toEqual(["**/*.aegis", "**/*.aegis.{yaml,yml,json}"]);
  expect(project?.serial).toBe(0);
});

test("an environment's params win over the project's", () => {
  const { project } = parseProjectFile(
    "aegis.json",
    JSON.stringify({ params: { "a.x": 1, "a.y": 1 }, environments: { prod: { params: { "a.x": 2 } } } }),
  );
  expect(project && Object.fromEntries(paramsOf(project, "prod") ?? [])).toEqual({ "a.x": 2, "a.y": 1 });
  expect(project && paramsOf(project, "nowhere")).toBeNull();
});

test("an unknown key is an error that names it", () => {
  const { project, diagnostics } = parseProjectFile("aegis.json", '{ "source": [] }');
  expect(project).toBeNull();
  expect(diagnostics.map((each) => [each.code, each.message])).toEqual([
    ["project/invalid", "aegis.json at `/`: has an unknown key `source`"],
  ]);
});

test("what is not JSON is named so", () => {
  expect(parseProjectFile("aegis.json", "{,}").diagnostics[0]?.code).toBe("project/not-json");
});

test("the validator is what the schema says", () => {
  const compiler = join(import.meta.dirname, "../..");
  const read = (path: string): string => readFileSync(join(compiler, path), "utf8");
  const schema = JSON.parse(read("schemas/aegis-project.schema.json")) as object;
  // `npm run generate` brings it up to date.
  expect(read("src/project/validate-project.generated.ts")).toBe(projectValidator(schema));
});

test("a project observes until a date", () => {
  const observed = '{ "mode": "observe", "observe_until": "2099-01-01" }';
  expect(parseProjectFile("aegis.json", observed).project).toMatchObject({
    mode: "observe",
    observeUntil: "2099-01-01",
  });
  for (const text of [
    '{ "mode": "watch" }',
    '{ "observe_until": "2099-01-01" }',
    '{ "mode": "observe", "observe_until": "soon" }',
  ])
    expect(parseProjectFile("aegis.json", text).diagnostics.map((each) => each.code)).toEqual([
      "project/invalid",
    ]);
});

test("an empty glob is an error", () => {
  const { diagnostics } = parseProjectFile("aegis.json", '{ "sources": [""] }');
  expect(diagnostics.map((each) => each.message)).toEqual([expect.stringContaining("/sources/0")]);
});
