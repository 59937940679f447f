// The tests and properties of a project.
import type { Analysis, Span } from "@aegis/compiler";

export interface TestItem {
  /** `file#title`: the same while the title is. */
  readonly id: string;
  readonly title: string;
  readonly kind: "test" | "property";
  readonly span: Span;
  readonly titleSpan: Span;
  readonly package: string;
}

/** In the order of files and places; those of the library are left out. */
export function testsOf(analysis: Analysis, file?: string): readonly TestItem[] {
  const items: TestItem[] = [];
  for (const { module, package: name } of analysis.resolved.modules) {
    if (module.file.startsWith("std:") || (file !== undefined && module.file !== file)) continue;
    for (const item of module.items) {
      if (item.kind !== "test" && item.kind !== "property") continue;
      const title = item.title.value;
      items.push({
        id: testId(module.file, title),
        title,
        kind: item.kind,
        span: item.span,
        titleSpan: item.title.span,
        package: name,
      });
    }
  }
  return items;
}

export const testId = (file: string, title: string): string => `${file}#${title}`;
