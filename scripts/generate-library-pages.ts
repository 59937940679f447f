// Brings the list of exports on each page of the standard library up to date.
import { writeFileSync } from "node:fs";
import { libraryFolders } from "../conformance/src/library/library-folder-node.ts";
import { exportsSection, withExports } from "../conformance/src/library/page.ts";

for (const { name, module, page, pagePath } of libraryFolders()) {
  if (page === null) continue;
  const current = withExports(page, exportsSection(name, module));
  if (current !== page) writeFileSync(pagePath, current);
}
