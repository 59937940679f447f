// Writes the validator of aegis.json from its JSON Schema.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectValidator } from "../compiler/src/testing/project-validator.ts";

const compiler = join(import.meta.dirname, "../compiler");
const schema = JSON.parse(
  readFileSync(join(compiler, "schemas/aegis-project.schema.json"), "utf8"),
) as object;
writeFileSync(join(compiler, "src/project/validate-project.generated.ts"), projectValidator(schema));
