// For tests: the YAML front end wired as the pipeline wires it.
import { stdlibModules } from "@aegis/stdlib";
import { SourceFile } from "../source/source-file.ts";
import * as aegis from "./aegis/parse.ts";
import { parseYamlModule, toolsByWireName } from "./yaml/parse-yaml-module.ts";

const tools = toolsByWireName(
  aegis.parseModule(new SourceFile("std/tools.aegis", stdlibModules.get("tools") ?? "")).module,
);

export const parseYaml = (text: string, path = "policy.yaml"): ReturnType<typeof parseYamlModule> =>
  parseYamlModule(new SourceFile(path, text), { libraryTools: tools, parser: aegis });
