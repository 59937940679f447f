// How the parser's time grows with the size of a text, fitted on a doubly logarithmic scale: 1 is linear, 2 a square.
import fc from "fast-check";
import { parseModule } from "../frontends/aegis/parse.ts";
import { SourceFile } from "../source/source-file.ts";
import { damagedTexts } from "./damaged-texts.ts";

export interface Growth {
  readonly shape: string;
  /** CPU time of one parse, the least of several. */
  readonly points: readonly { readonly characters: number; readonly milliseconds: number }[];
  /** Exponent of the power of the size that fits the points best. */
  readonly exponent: number;
}

const SIZES = [32, 64, 128, 256, 512, 1024].map((kibi) => kibi * 1024);
const TRIES = 3;

export function measureGrowth(corpus: readonly string[], seed: number): readonly Growth[] {
  const damaged = [...damagedTexts(corpus)].map(([kind, texts]): [string, string] => [
    kind,
    fc.sample(texts, { numRuns: 400, seed }).join("\n"),
  ]);
  return [["examples", corpus.join("\n")] as const, ...damaged].map(([shape, text]) => {
    const points = SIZES.map((characters) => ({
      characters,
      milliseconds: costOf(text.repeat(Math.ceil(characters / text.length)).slice(0, characters)),
    }));
    return { shape, points, exponent: Math.round(slopeOf(points) * 1000) / 1000 };
  });
}

function costOf(text: string): number {
  let least = Infinity;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const began = process.cpuUsage();
    parseModule(new SourceFile("test.aegis", text));
    const { user, system } = process.cpuUsage(began);
    least = Math.min(least, (user + system) / 1000);
  }
  return Math.round(least * 10) / 10;
}

/** Of the least squares through the logarithms. */
function slopeOf(points: Growth["points"]): number {
  const logs = points.map(
    ({ characters, milliseconds }) => [Math.log(characters), Math.log(milliseconds)] as const,
  );
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, each) => sum + each, 0) / values.length;
  const [x, y] = [mean(logs.map(([each]) => each)), mean(logs.map(([, each]) => each))];
  const along = logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return along / logs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}
