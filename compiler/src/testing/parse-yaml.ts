// For tests: the YAML front end as the pipeline wires it.
import type { ParsedModule } from "../frontends/aegis/parse.ts";
import { frontEndOf } from "../pipeline/front-ends.ts";
import { standardLibrary } from "../pipeline/library.ts";
import { SourceFile } from "../source/source-file.ts";

export const parseYaml = (text: string, path = "policy.yaml"): ParsedModule =>
  frontEndOf(path).parse(new SourceFile(path, text), standardLibrary);
