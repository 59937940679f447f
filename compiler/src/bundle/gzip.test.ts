// Compression by Node's own zlib and by what every host has.
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gzip, gzipOnTheWeb } from "./gzip.ts";

describe("gzip", () => {
  it("holds what it was given and says nothing about its host, also where that has no zlib", async () => {
    const repeated = fc
      .tuple(fc.uint8Array({ maxLength: 2000 }), fc.nat(100))
      .map(([bytes, times]) => new Uint8Array(Buffer.concat(Array.from({ length: times }, () => bytes))));
    await fc.assert(
      fc.asyncProperty(repeated, async (bytes) => {
        const packed = await gzip(bytes);
        expect(gunzipSync(packed).equals(bytes)).toBe(true);
        expect([...packed.subarray(4, 8), packed[9]]).toEqual([0, 0, 0, 0, 255]);
        expect(await gzip(bytes)).toEqual(packed);
        expect(gunzipSync(await gzipOnTheWeb(bytes)).equals(bytes)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
