// The measured tables on the pages of `std.secrets` and `std.pii`: recall and precision per detector, recall per encoding.
import { computedFacts, decodedForms } from "@aegis/runtime/facts";
import { disguises } from "@aegis/runtime/testing";
import { Random } from "../../random-ir/random.ts";
import { lookAlikes } from "./look-alikes.ts";
import { LOOK_ALIKES, measure, patternsOf, POSITIVES, SEED, type Measured } from "./measure.ts";
import { PERSONAL_DATA } from "./personal-data.ts";
import { fill, ofShapes } from "./positives.ts";
import { SECRET_SHAPES } from "./secret-shapes.data.ts";

export const BEGIN_MEASURED = "<!-- measured: written by `npm run generate` -->";
export const END_MEASURED = "<!-- end of measured -->";

const percent = (part: number, all: number): string =>
  all === 0 ? "" : `${((100 * part) / all).toFixed(1)} %`;

export interface LibraryMeasurement {
  readonly detectors: readonly Measured[];
  /** Recall per encoding, of `secrets.any` alone and with `secrets.decoded`; empty for other modules. */
  readonly encodings: readonly {
    readonly name: string;
    readonly plain: number;
    readonly decoded: number;
    readonly twice: number;
    readonly of: number;
  }[];
}

export function measureSecrets(): LibraryMeasurement {
  const patterns = patternsOf("secrets", [...SECRET_SHAPES.keys(), "any"]);
  const everything = [...SECRET_SHAPES.values()].flat();
  const makers = new Map([...SECRET_SHAPES].map(([name, shapes]) => [name, ofShapes(shapes)] as const));
  makers.set("any", (random) => fill(random, random.pick(everything)));
  const finders = new Map(
    [...patterns].map(([name, matcher]) => [name, (text: string) => matcher.test(text)] as const),
  );
  const entropy = computedFacts.get("std.secrets.entropy");
  finders.set("entropy ≥ 4.3", (text) => Number(entropy?.compute(text) ?? 0) >= 4.3);
  makers.set("entropy ≥ 4.3", (random) => fill(random, random.pick(["{b44}", "{w40}", "{u43}", "{w32}"])));
  return {
    detectors: measure(finders, makers),
    encodings: measureEncodings(finders.get("any") ?? (() => false), everything),
  };
}

function measureEncodings(
  any: (text: string) => boolean,
  shapes: readonly string[],
): LibraryMeasurement["encodings"] {
  const random = new Random(SEED);
  const real = shapes.map((shape) => fill(random, shape)).filter(any);
  const seen = (value: unknown): boolean => {
    const forms = decodedForms(value as never);
    return forms === undefined || forms.some(any);
  };
  return disguises.map(({ name, hide }) => ({
    name,
    of: real.length,
    plain: real.filter((text) => any(JSON.stringify(hide(text)))).length,
    decoded: real.filter((text) => seen(hide(text))).length,
    twice: real.filter((text) => seen({ data: [Buffer.from(JSON.stringify(hide(text))).toString("base64")] }))
      .length,
  }));
}

export function measurePersonalData(): LibraryMeasurement {
  const facts = ["cards", "ibans"];
  const patterns = patternsOf(
    "pii",
    [...PERSONAL_DATA.keys()].filter((name) => !facts.includes(name)),
  );
  const finders = new Map(
    [...patterns].map(([name, matcher]) => [name, (text: string) => matcher.test(text)] as const),
  );
  for (const name of facts)
    finders.set(name, (text) => Number(computedFacts.get(`std.pii.${name}`)?.compute(text) ?? 0) > 0);
  return { detectors: measure(finders, new Map([...PERSONAL_DATA])), encodings: [] };
}

/** Markdown between the two marks. */
export function measuredSection({ detectors, encodings }: LibraryMeasurement): string {
  const rows = detectors.map(({ detector, positives, found, lookAlikes: texts, falseAlarms }) =>
    [
      `\`${detector}\``,
      percent(found, positives),
      `${String(falseAlarms)} of ${String(texts)}`,
      percent(found, found + falseAlarms),
    ].join(" | "),
  );
  const table = [
    "| detector | recall | false alarms | precision |",
    "|---|---|---|---|",
    ...rows.map((row) => `| ${row} |`),
  ];
  const layers = encodings.map(
    ({ name, of, plain, decoded, twice }) =>
      `| ${name} | ${percent(plain, of)} | ${percent(decoded, of)} | ${percent(twice, of)} |`,
  );
  return [
    `Each detector saw ${String(POSITIVES)} real-shaped positives in ten kinds of surroundings, and ${String(LOOK_ALIKES)} of each of ${String(lookAlikes.length)} kinds of look-alikes: ${lookAlikes.map((each) => each.name).join(", ")}. Precision is over both together.`,
    "",
    ...table,
    ...(layers.length === 0
      ? []
      : [
          "",
          "One value of every shape in every encoding: found by the pattern alone, with `decoded`, and with `decoded` when the whole is put into base64 once more.",
          "",
          "| encoding | `any` alone | with `decoded` | twice |",
          "|---|---|---|---|",
          ...layers,
        ]),
    "",
  ].join("\n");
}
