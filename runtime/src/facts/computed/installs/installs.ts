// What a shell line installs, as a fact: packages, whether they are pinned, where they come from, whom they imitate.
import type { JsonValue } from "../../../core/values/value.ts";
import { readCommand } from "../../parsed/command/read-command.ts";
import type { ShellCall } from "../../parsed/command/read-command.ts";
import type { ComputedFact } from "../computed-fact.ts";
import { isExactVersion } from "./exact-version.ts";
import type { Manager } from "./package-managers.ts";
import { MANAGERS } from "./package-managers.ts";
import { resembledPackage } from "./resembles.ts";

interface Install {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string | undefined;
  /** `registry`, or what is fetched without one: `url`, `path`, `list`. */
  readonly source: "registry" | "url" | "path" | "list";
}

/** The words behind the verb; undefined where the call installs nothing. */
function installedWords(call: ShellCall, manager: Manager): readonly string[] | undefined {
  const words = [...call.args];
  // Options before the verb, such as `npm --prefix x install`.
  for (const verb of manager.verbs) {
    if (verb.length === 1 && verb[0] === "") return words;
    const plain = words.flatMap((word, index) =>
      word.startsWith("-") || manager.valued.includes(words[index - 1] ?? "") ? [] : [index],
    );
    if (verb.every((part, index) => words[plain[index] ?? -1] === part)) {
      const last = plain[verb.length - 1] ?? 0;
      return words.filter((_, index) => index > last || !plain.includes(index));
    }
  }
  return undefined;
}

interface Read {
  readonly packages: readonly Install[];
  readonly foreign: boolean;
}

function readWords(words: readonly string[], manager: Manager): Read {
  const packages: Install[] = [];
  let foreign = false;
  let version: string | undefined;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (word === "--") continue;
    if (word.startsWith("-")) {
      const [name = "", inline] = word.split(/=(.*)/s);
      if (manager.index.includes(name)) foreign = true;
      const value = inline ?? (manager.valued.includes(name) ? words[++index] : undefined);
      if (value === undefined) continue;
      if (manager.lists.includes(name))
        packages.push({ ...NOWHERE, ecosystem: manager.ecosystem, name: value });
      if (name === "-v" || name === "--version" || name === "--vers") version = value;
      if (name === "--package" || (manager.runs === true && name === "-p"))
        packages.push(readPackage(value, manager));
      continue;
    }
    packages.push(readPackage(word, manager));
    // What follows belongs to the program that is run.
    if (manager.runs === true) break;
  }
  return {
    packages:
      version === undefined
        ? packages
        : packages.map((each) => ({ ...each, version: each.version ?? version })),
    foreign,
  };
}

const NOWHERE = { ecosystem: "", name: "", version: undefined, source: "list" } as const;

function readPackage(word: string, manager: Manager): Install {
  const { ecosystem } = manager;
  if (/^(?:[a-z][a-z0-9+.-]*:\/\/|git@|(?:github|gitlab|bitbucket|gist|git):)/i.test(word))
    return { ecosystem, name: word, version: undefined, source: "url" };
  if (/^(?:\.{0,2}\/|~|file:|\.{1,2}$)|\.(?:tgz|tar\.gz|whl|zip|gem|deb|rpm)$/i.test(word))
    return { ecosystem, name: word, version: undefined, source: "path" };
  // `user/repo` of npm is a repository of GitHub.
  if (ecosystem === "npm" && /^[^@/]+\/[^/]+$/.test(word))
    return { ecosystem, name: word, version: undefined, source: "url" };
  const { name, version } = splitVersion(word, manager.form);
  const elsewhere =
    version !== undefined && /^\s*(?:[a-z][a-z0-9+.-]*:|\.{0,2}\/)/i.test(version) && ecosystem !== "docker";
  return { ecosystem, name, version, source: elsewhere ? "url" : "registry" };
}

function splitVersion(word: string, form: Manager["form"]): { name: string; version: string | undefined } {
  switch (form) {
    case "at": {
      const split = word.lastIndexOf("@");
      if (split <= 0) return { name: word, version: undefined };
      const version = word.slice(split + 1);
      // `alias@npm:other@1.0.0` installs `other`.
      const alias = /^[^@]+@npm:(.+)$/.exec(word)?.[1];
      return alias === undefined ? { name: word.slice(0, split), version } : splitVersion(alias, "at");
    }
    case "pep": {
      const found = /^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*(.*)$/s.exec(word);
      const rest = found?.[2] ?? "";
      return { name: found?.[1] ?? word, version: rest === "" ? undefined : rest.replace(/^@/, "") };
    }
    case "equals": {
      const [name = "", version] = word.split(/=+(.*)/s);
      return { name, version: version === "" ? undefined : version };
    }
    case "image": {
      const [image = "", digest] = word.split("@");
      return digest === undefined ? { name: image, version: undefined } : { name: image, version: digest };
    }
    case "bare":
      return { name: word, version: undefined };
  }
}

/** What names one release where it is installed: a tag of an image moves, `lodash@4` and `serde@1.0.0` are ranges. */
function isPinned({ ecosystem, version, source }: Install): boolean {
  if (source !== "registry" || version === undefined) return false;
  switch (ecosystem) {
    case "docker":
      return /^sha256:[0-9a-f]{64}$/.test(version);
    case "npm":
    case "go":
      return /^=?v?[0-9]+\.[0-9]+\.[0-9]+/.test(version) && isExactVersion(version);
    case "cargo":
      return version.startsWith("=") && isExactVersion(version);
    default:
      return isExactVersion(version);
  }
}

function installJson(install: Install): JsonValue {
  const { ecosystem, name, version, source } = install;
  const resembles = source === "registry" ? resembledPackage(ecosystem, name) : undefined;
  return {
    ecosystem,
    name,
    ...(version === undefined ? {} : { version }),
    pinned: isPinned(install),
    source,
    ...(resembles === undefined ? {} : { resembles }),
  };
}

/** `python -m pip install` is `pip install`. */
const programOf = (call: ShellCall): ShellCall =>
  /^python[0-9.]*$/.test(call.name) && call.args[0] === "-m" && call.args[1] !== undefined
    ? { ...call, name: call.args[1], args: call.args.slice(2) }
    : call;

export const installs: ComputedFact = {
  name: "std.supplychain.installs",
  doc: "What a shell line installs by npm, pnpm, yarn, bun, pip, uv, pipx, poetry, conda, cargo, go, gem, brew, apt, apk, dnf, docker. Not known for a line that is not plain.",
  compute(line): JsonValue {
    const unknown = { known: false, foreign_index: false, packages: [] };
    const plain = typeof line === "string" ? readCommand(line) : undefined;
    if (plain === undefined) return unknown;
    const packages: Install[] = [];
    let foreign = false;
    for (const each of plain.calls) {
      const call = programOf(each);
      const manager = MANAGERS.get(call.name);
      const words = manager === undefined ? undefined : installedWords(call, manager);
      if (manager === undefined || words === undefined) continue;
      if (!call.literal) return unknown;
      const read = readWords(words, manager);
      packages.push(...read.packages);
      foreign ||= read.foreign;
    }
    return { known: true, foreign_index: foreign, packages: packages.map(installJson) };
  },
};
