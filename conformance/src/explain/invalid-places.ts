// Where a request is not valid: what the engines refuse without saying more.
import {
  compileReader,
  NOT_OF_TYPE,
  printType,
  type Field,
  type IrProgram,
  type JsonValue,
} from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import type { InvalidPlace } from "./explanation.ts";

type JsonRecord = Readonly<Record<string, JsonValue | undefined>>;
const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const own = (object: JsonRecord, name: string): JsonValue | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;
const pointer = (...segments: string[]): string =>
  segments.map((each) => `/${each.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** Looks at agent, context, tool and action, arguments and result, in the order in which they are validated. */
export function invalidPlaces(program: IrProgram, request: unknown): InvalidPlace[] {
  if (!isRecord(request))
    return [{ path: "", expected: "an object with agent, tool, action and args", problem: "wrong" }];
  const places = [
    ...fields(program.agent, true, own(request, "agent"), "agent"),
    ...fields(program.context, true, own(request, "context") ?? {}, "context"),
  ];
  for (const name of ["tool", "action"]) {
    const value = own(request, name);
    if (typeof value !== "string")
      places.push({
        path: pointer(name),
        expected: "string",
        problem: value === undefined ? "missing" : "wrong",
      });
  }
  const action = program.actions.find(
    (each) => each.tool === own(request, "tool") && each.action === own(request, "action"),
  );
  if (action === undefined) return places;
  places.push(...fields(action.params, action.open, own(request, "args"), "args"));
  const phase = own(request, "phase") ?? "call";
  const result = own(request, "result");
  if (phase === "call" && result !== undefined && result !== null)
    places.push({ path: "/result", expected: "no result in the call phase", problem: "unknown" });
  if (
    phase === "result" &&
    (!isRecord(result) || !["ok", "error", "unknown"].includes(String(own(result, "status"))))
  ) {
    places.push({
      path: "/result",
      expected: "{ status: ok, error or unknown }",
      problem: result === undefined ? "missing" : "wrong",
    });
  } else if (phase === "result" && isRecord(result) && own(result, "status") === "ok") {
    const read = compileReader(action.result, platform.parsedTypes);
    if (read(own(result, "value")) === NOT_OF_TYPE)
      places.push({ path: "/result/value", expected: printType(action.result), problem: "wrong" });
  }
  return places;
}

function fields(
  declared: readonly Field[],
  open: boolean,
  value: JsonValue | undefined,
  root: string,
): InvalidPlace[] {
  if (!isRecord(value))
    return [
      { path: pointer(root), expected: "an object", problem: value === undefined ? "missing" : "wrong" },
    ];
  const places: InvalidPlace[] = [];
  for (const { name, type, default: preset } of declared) {
    const given = own(value, name);
    if (given === undefined && preset !== undefined) continue;
    if (compileReader(type, platform.parsedTypes)(given) === NOT_OF_TYPE) {
      places.push({
        path: pointer(root, name),
        expected: printType(type),
        problem: given === undefined ? "missing" : "wrong",
      });
    }
  }
  const known = new Set(declared.map((each) => each.name));
  if (!open) {
    for (const name of Object.keys(value)) {
      if (!known.has(name))
        places.push({
          path: pointer(root, name),
          expected: `one of ${[...known].join(", ") || "nothing"}`,
          problem: "unknown",
        });
    }
  }
  return places;
}
