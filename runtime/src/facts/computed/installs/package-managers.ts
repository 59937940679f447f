// Commands that install packages: how each manager is told what to install, and from where.

export interface Manager {
  readonly ecosystem: string;
  /** Words behind the program that make it install, each a list of words: `pip install`, `uv pip install`. */
  readonly verbs: readonly (readonly string[])[];
  /** Options that take the next word. */
  readonly valued: readonly string[];
  /** Options that name another index or registry. */
  readonly index: readonly string[];
  /** Options whose value is a list of packages in a file. */
  readonly lists: readonly string[];
  /** How a word tells name and version: `name@version`, `name==version`, `name=version`, `image:tag`. */
  readonly form: "at" | "pep" | "equals" | "image" | "bare";
  /** Runs what it fetches. */
  readonly runs?: boolean;
}

const NPM_VALUED = [
  "--registry",
  "--prefix",
  "-C",
  "--cwd",
  "--dir",
  "--filter",
  "-F",
  "--workspace",
  "-w",
  "--tag",
  "--omit",
  "--include",
];
const npm = (verbs: readonly string[], more: Partial<Manager> = {}): Manager => ({
  ecosystem: "npm",
  verbs: verbs.map((verb) => verb.split(" ")),
  valued: NPM_VALUED,
  index: ["--registry"],
  lists: [],
  form: "at",
  ...more,
});
const PIP_VALUED = [
  "-i",
  "--index-url",
  "--extra-index-url",
  "-f",
  "--find-links",
  "-r",
  "--requirement",
  "-c",
  "--constraint",
  "-t",
  "--target",
  "--python",
  "--prefix",
  "--root",
  "--group",
  "--source",
  "-p",
];
const pip = (verbs: readonly string[], more: Partial<Manager> = {}): Manager => ({
  ecosystem: "pypi",
  verbs: verbs.map((verb) => verb.split(" ")),
  valued: PIP_VALUED,
  index: [
    "-i",
    "--index-url",
    "--extra-index-url",
    "-f",
    "--find-links",
    "--source",
    "--default-index",
    "--index",
  ],
  lists: ["-r", "--requirement"],
  form: "pep",
  ...more,
});
const system = (ecosystem: string, verbs: readonly string[], form: Manager["form"]): Manager => ({
  ecosystem,
  verbs: verbs.map((verb) => verb.split(" ")),
  valued: ["-t", "--target-release", "-o", "-c", "--repository", "-X"],
  index: ["--repository", "-X"],
  lists: [],
  form,
});

/** By the program's name. */
export const MANAGERS: ReadonlyMap<string, Manager> = new Map<string, Manager>([
  ["npm", npm(["install", "i", "add", "in", "ins", "isntall", "update", "exec", "x", "ci"])],
  ["pnpm", npm(["add", "install", "i", "update", "up", "dlx"])],
  ["yarn", npm(["add", "global add", "dlx", "install", "up"])],
  ["bun", npm(["add", "install", "i", "a", "x"])],
  ["npx", npm([""], { valued: ["-p", "--package", "-c", "--registry"], runs: true })],
  ["pnpx", npm([""], { runs: true })],
  ["bunx", npm([""], { runs: true })],
  ["pip", pip(["install", "download", "wheel"])],
  ["pip3", pip(["install", "download", "wheel"])],
  ["uv", pip(["pip install", "add", "tool install", "pip sync"])],
  ["uvx", pip([""], { runs: true })],
  ["pipx", pip(["install", "run", "inject"])],
  ["poetry", pip(["add"], { form: "at" })],
  [
    "conda",
    pip(["install", "create"], {
      valued: ["-n", "--name", "-c", "--channel", "-p", "--prefix", "-f", "--file"],
      index: ["-c", "--channel"],
      lists: ["--file", "-f"],
      form: "equals",
    }),
  ],
  [
    "cargo",
    {
      ecosystem: "cargo",
      verbs: [["add"], ["install"]],
      valued: [
        "--version",
        "--vers",
        "--git",
        "--path",
        "--registry",
        "--index",
        "--features",
        "-F",
        "--rev",
        "--tag",
        "--branch",
      ],
      index: ["--registry", "--index", "--git", "--path"],
      lists: [],
      form: "at",
    },
  ],
  [
    "go",
    {
      ecosystem: "go",
      verbs: [["get"], ["install"]],
      valued: ["-C", "-modfile"],
      index: [],
      lists: [],
      form: "at",
    },
  ],
  [
    "gem",
    {
      ecosystem: "gem",
      verbs: [["install"], ["i"]],
      valued: ["-v", "--version", "-s", "--source", "-i"],
      index: ["-s", "--source"],
      lists: [],
      form: "bare",
    },
  ],
  ["brew", system("brew", ["install", "upgrade", "tap"], "at")],
  ["apt", system("deb", ["install"], "equals")],
  ["apt-get", system("deb", ["install"], "equals")],
  ["apk", system("apk", ["add"], "equals")],
  ["dnf", system("rpm", ["install"], "bare")],
  ["yum", system("rpm", ["install"], "bare")],
  [
    "docker",
    {
      ecosystem: "docker",
      verbs: [["pull"], ["image", "pull"]],
      valued: ["--platform"],
      index: [],
      lists: [],
      form: "image",
    },
  ],
  [
    "podman",
    {
      ecosystem: "docker",
      verbs: [["pull"], ["image", "pull"]],
      valued: ["--platform"],
      index: [],
      lists: [],
      form: "image",
    },
  ],
]);
