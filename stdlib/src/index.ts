// The modules of the standard library as source text, by name: `secrets` is package `std.secrets`.
import { MODULES } from "./modules.generated.ts";

export const stdlibModules: ReadonlyMap<string, string> = new Map(MODULES);
