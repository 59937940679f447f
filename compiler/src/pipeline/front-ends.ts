// The front ends, by file extension.
import * as aegis from "../frontends/aegis/parse.ts";
import type { ParsedModule } from "../frontends/aegis/parse.ts";
import { parseYamlModule } from "../frontends/yaml/parse-yaml-module.ts";
import type { YamlEnvironment } from "../frontends/yaml/parse-yaml-module.ts";
import type { SourceFile } from "../source/source-file.ts";
import type { Library } from "./library.ts";

export interface FrontEnd {
  readonly name: string;
  readonly extensions: readonly string[];
  parse(file: SourceFile, library: Library): ParsedModule;
}

const AEGIS: FrontEnd = { name: "aegis", extensions: [".aegis"], parse: (file) => aegis.parseModule(file) };

/** What reading and writing YAML needs: tools known by name, and the parser of Aegis for expressions. */
export const yamlEnvironment = (library: Library): YamlEnvironment => ({
  libraryTools: library.tools,
  parser: aegis,
});

/** JSON is YAML. Expressions inside are read by the parser of Aegis. */
const YAML: FrontEnd = {
  name: "yaml",
  extensions: [".yaml", ".yml", ".json"],
  parse: (file, library) => parseYamlModule(file, yamlEnvironment(library)),
};

export const FRONT_ENDS: readonly FrontEnd[] = [AEGIS, YAML];

/** Files of no known extension (standard input) are read as Aegis. */
export const frontEndOf = (path: string): FrontEnd =>
  FRONT_ENDS.find((each) => each.extensions.some((extension) => path.endsWith(extension))) ?? AEGIS;
