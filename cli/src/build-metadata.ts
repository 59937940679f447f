// What a bundle says of itself: serial, times, and digests of everything that it was made from.
import type { Backend, ProjectFile } from "@aegis/compiler";
import { compareUtf8 } from "@aegis/runtime/core";
import type { BundleMetadata } from "@aegis/runtime/enforce";
import { textOption } from "./command.ts";
import { digestOfText } from "./files/digest.ts";
import { UsageError } from "./files/usage-error.ts";
import type { AnalysedProject, Options } from "./policy-options.ts";
import { TOOLCHAIN } from "./version.ts";

const LIBRARY = "std:";
const OBSERVE_UNTIL = "--observe-until";

/** Throws `UsageError` for a serial or time that is none. */
export function buildMetadata(
  { loaded, analysis }: AnalysedProject,
  options: Options,
  targets: readonly Backend[],
): Omit<BundleMetadata, "format"> {
  const files = [...analysis.files.values()];
  const notBefore = timeOption(options, "notBefore", "--not-before");
  const notAfter = timeOption(options, "notAfter", "--not-after");
  if (notBefore !== null && notAfter !== null && Date.parse(notBefore) >= Date.parse(notAfter))
    throw new UsageError("--not-after is not later than --not-before", "the bundle would never decide");
  return {
    serial: serialOption(options) ?? loaded.project.serial,
    ...(notBefore === null ? {} : { not_before: notBefore }),
    ...(notAfter === null ? {} : { not_after: notAfter }),
    ...modeOf(loaded.project, options),
    sources: table(loaded.sources.map((each) => [each.path, digestOfText(each.text)])),
    manifests: table([...manifestsOf(analysis)]),
    library: table(
      files
        .filter((each) => each.path.startsWith(LIBRARY))
        .map((each) => [`std.${each.path.slice(LIBRARY.length)}`, digestOfText(each.text)]),
    ),
    build: { toolchain: TOOLCHAIN, backends: targets.map((each) => each.id) },
  };
}

function* manifestsOf({ resolved }: AnalysedProject["analysis"]): Generator<readonly [string, string]> {
  for (const { module } of resolved.modules)
    for (const item of module.items) {
      if (item.kind !== "tools") continue;
      const file = resolved.inputs.readManifest(item.manifest.span.file, item.manifest.value);
      if (file.ok) yield [file.path, digestOfText(file.text)];
    }
}

/** Sorted by name, without a prototype, so that any name is a plain key. */
const table = (entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> =>
  Object.fromEntries([...entries].sort(([a], [b]) => compareUtf8(a, b)));

function serialOption(options: Options): number | null {
  const text = textOption(options, "serial");
  if (text === null) return null;
  const serial = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(serial))
    throw new UsageError(`--serial: \`${text}\` is no serial`, "write a whole number");
  return serial;
}

/** Options win over the project file; nothing observes without an end. */
function modeOf(project: ProjectFile, options: Options): Pick<BundleMetadata, "mode" | "observe_until"> {
  const until = timeOption(options, "observeUntil", OBSERVE_UNTIL);
  const mode = textOption(options, "mode") ?? project.mode;
  if (mode !== "observe") {
    if (until === null) return {};
    throw new UsageError(`${OBSERVE_UNTIL} goes with --mode observe`, "this bundle enforces from the start");
  }
  const end =
    until ?? (project.observeUntil === null ? null : wholeTime(project.observeUntil, "observe_until"));
  if (end === null)
    throw new UsageError(
      "a bundle that observes needs an end",
      `say when it starts to enforce: ${OBSERVE_UNTIL} 2026-01-01, or \`observe_until\` in aegis.json`,
    );
  return { mode, observe_until: end };
}

function timeOption(options: Options, name: string, flag: string): string | null {
  const text = textOption(options, name);
  return text === null ? null : wholeTime(text, flag);
}

function wholeTime(text: string, flag: string): string {
  const whole = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
  const valid =
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(whole) && !Number.isNaN(Date.parse(whole));
  if (!valid)
    throw new UsageError(`${flag}: \`${text}\` is no time`, "write 2026-01-01 or 2026-01-01T00:00:00Z");
  return whole;
}
