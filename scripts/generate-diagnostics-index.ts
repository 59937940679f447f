// Writes docs/diagnostics/README.md from the registry of diagnostics: `npm run generate`.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { indexPage } from "../compiler/src/diagnostics/catalogue/index-page.ts";

writeFileSync(join(import.meta.dirname, "../docs/diagnostics/README.md"), indexPage());
