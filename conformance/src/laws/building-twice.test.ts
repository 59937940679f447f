// Law 8: building twice gives the same bytes, from every backend and for a whole bundle.
import { backends, buildBundle, type Artifact } from "@aegis/compiler";
import { describe, expect, it } from "vitest";
import { randomProgram } from "../random-ir/program.ts";

const emit = (id: string, seed: number): readonly Artifact[] =>
  backends.get(id)?.emit(randomProgram(seed), { prebuilt: () => "" }) ?? [];

describe.each([...backends.keys()])("%s", (id) => {
  it("emits the same files again", () => {
    for (let seed = 1; seed <= 6; seed += 1) expect(emit(id, seed)).toEqual(emit(id, seed));
  });
});

describe("a bundle", () => {
  it("is the same bytes again", async () => {
    const build = { toolchain: "test", backends: ["rego", "wasm"] };
    const metadata = { serial: 1, sources: {}, manifests: {}, library: {}, build };
    const make = (): Promise<Uint8Array> =>
      buildBundle(randomProgram(2), [...emit("rego", 2), ...emit("wasm", 2)], { metadata });
    expect(Buffer.from(await make()).equals(Buffer.from(await make()))).toBe(true);
  });
});
