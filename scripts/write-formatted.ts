// Writes a JSON file as prettier would have it, so that what scripts write passes the format check.
import { writeFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";

export async function writeFormatted(file: string, value: unknown): Promise<void> {
  const style = await resolveConfig(file);
  writeFileSync(file, await format(JSON.stringify(value, null, 2), { ...style, parser: "json" }));
}
