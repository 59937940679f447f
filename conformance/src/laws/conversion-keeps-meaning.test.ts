// Law 2: conversion between the language and YAML keeps meaning: there and back, the program is the same, byte for byte.
import {
  absentReads,
  analyse,
  convertToAegis,
  convertToYaml,
  SourceFile,
  standardLibrary,
  yamlEnvironment,
  NO_INPUTS,
} from "@aegis/compiler";
import { encodeIr } from "@aegis/runtime/core";
import { describe, expect, it } from "vitest";
import { compileSource, randomSource } from "../random-source/source.ts";

const FIRST = Number(process.env["AEGIS_FUZZ_SEED"] ?? 1);
const PROGRAMS = Number(process.env["AEGIS_FUZZ_PROGRAMS"] ?? 8);

describe("conversion", () => {
  it("to YAML and back keeps meaning", { timeout: 120_000 }, () => {
    for (let seed = FIRST; seed < FIRST + PROGRAMS; seed += 1) {
      const { text, compilation } = randomSource(seed);
      const expected = encodeIr(compilation.ir);
      const [module] = analyse([new SourceFile("policy.aegis", text)], NO_INPUTS).modules;
      if (module === undefined) throw new Error("no module");
      const yaml = convertToYaml(module, yamlEnvironment(standardLibrary));
      expect(yaml.unsupported).toEqual([]);
      const there = compileSource("policy.yaml", yaml.text);
      expect(there && encodeIr(there.ir), `seed ${String(seed)}\n${text}\n${yaml.text}`).toBe(expected);
      const analysis = analyse([new SourceFile("policy.yaml", yaml.text)], NO_INPUTS);
      const [converted] = analysis.modules;
      if (converted === undefined) throw new Error("no module");
      const aegis = convertToAegis(converted, absentReads(analysis.checked));
      const back = compileSource("policy.aegis", aegis);
      expect(back && encodeIr(back.ir), `seed ${String(seed)}\n${aegis}`).toBe(expected);
    }
  });
});
