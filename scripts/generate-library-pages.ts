// Brings the lists of exports and the measured tables on the pages of the standard library up to date.
import { writeFileSync } from "node:fs";
import {
  BEGIN_MEASURED,
  END_MEASURED,
  measuredSection,
  measurePersonalData,
  measureSecrets,
} from "../conformance/src/library/corpus/tables.ts";
import { libraryFolders } from "../conformance/src/library/library-folder-node.ts";
import { exportsSection, withSection } from "../conformance/src/library/page.ts";

const MEASURED = new Map([
  ["secrets", measureSecrets],
  ["pii", measurePersonalData],
]);

for (const { name, module, page, pagePath } of libraryFolders()) {
  if (page === null) continue;
  let current = withSection(page, exportsSection(name, module));
  const measure = MEASURED.get(name);
  if (measure !== undefined)
    current = withSection(current, measuredSection(measure()), BEGIN_MEASURED, END_MEASURED);
  if (current !== page) writeFileSync(pagePath, current);
}
