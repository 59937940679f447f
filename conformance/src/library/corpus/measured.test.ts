// What the pages say about detectors is what is measured, and it is good enough to rely on.
import { describe, expect, it } from "vitest";
import { libraryFolders } from "../library-folder-node.ts";
import { sectionOf } from "../page.ts";
import {
  BEGIN_MEASURED,
  END_MEASURED,
  measuredSection,
  measurePersonalData,
  measureSecrets,
} from "./tables.ts";

const pageOf = (name: string): string => libraryFolders().find((each) => each.name === name)?.page ?? "";
const measured = { secrets: measureSecrets(), pii: measurePersonalData() };

describe.each(Object.entries(measured))("std.%s", (name, found) => {
  it("has the measured table on its page", () => {
    expect(sectionOf(pageOf(name), BEGIN_MEASURED, END_MEASURED), "run `npm run generate`").toBe(
      measuredSection(found).trim(),
    );
  });
  it.each(found.detectors)(
    "$detector finds nearly all and little else",
    ({ detector, positives, ...counts }) => {
      // What has no shape of its own cannot be found always: passwords by name, random words by their entropy.
      const vague = ["named_secret", "entropy ≥ 4.3"].includes(detector);
      expect(counts.found / positives).toBeGreaterThanOrEqual(vague ? 0.6 : 0.95);
      expect(counts.falseAlarms / counts.lookAlikes).toBeLessThanOrEqual(vague ? 0.08 : 0.01);
    },
  );
});

it("at least forty kinds of tokens are told apart", () => {
  expect(measured.secrets.detectors.length).toBeGreaterThan(40);
});

describe("encodings", () => {
  it.each(measured.secrets.encodings)("$name hides nothing", ({ of, decoded, twice }) => {
    expect(of).toBeGreaterThan(100);
    expect(decoded).toBe(of);
    expect(twice).toBe(of);
  });
});
