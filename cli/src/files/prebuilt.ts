// Texts that are built with the toolchain and stand beside its code, such as the engine of JavaScript modules.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The text of a prebuilt part; `undefined` where the toolchain has not been built (see scripts/build-js-runtime.ts). */
export function prebuilt(name: string): string | undefined {
  if (!/^[a-z-]+$/.test(name)) return undefined;
  const places = [`./${name}.txt`, `../../dist/${name}.txt`];
  const found = places
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((path) => existsSync(path));
  return found === undefined ? undefined : readFileSync(found, "utf8");
}
