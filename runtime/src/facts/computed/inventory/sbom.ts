// What a software bill of materials says, as a fact.
import type { JsonValue } from "../../../core/values/value.ts";
import type { ComputedFact } from "../computed-fact.ts";
import { distinct } from "../read-json.ts";
import { isExactVersion } from "../installs/exact-version.ts";
import { readInventory } from "./components.ts";

const NOTHING = {
  valid: false,
  format: "unknown",
  components: 0,
  unidentified: 0,
  unpinned: 0,
  unlicensed: 0,
  packages: [],
  licences: [],
} as const;

export const sbom: ComputedFact = {
  name: "std.supplychain.sbom",
  doc: "What a CycloneDX or SPDX 2 bill of materials lists: how many components, which packages, which licences, and how many of them lack identity, version or licence.",
  compute(document): JsonValue {
    const inventory = readInventory(document);
    if (inventory === undefined) return NOTHING;
    const { format, components } = inventory;
    const licences = new Map(
      components.flatMap(({ licences }) =>
        licences === undefined ? [] : [[JSON.stringify(licences), licences] as const],
      ),
    );
    return {
      valid: true,
      format,
      components: components.length,
      unidentified: components.filter((each) => each.package === undefined).length,
      unpinned: components.filter((each) => each.version === undefined || !isExactVersion(each.version))
        .length,
      unlicensed: components.filter((each) => each.licences === undefined).length,
      packages: distinct(components.flatMap((each) => each.package ?? [])),
      licences: [...licences.values()],
    };
  },
};
