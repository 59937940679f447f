// Tests of `std.net`, `std.path` and `std.shell`: each function on values that it must tell apart.
import { describe, expect, it } from "vitest";
import { createInterpreter } from "@aegis/runtime/core";
import { platform } from "@aegis/runtime/facts";
import { compileText } from "../testing/index.ts";

const CONDITIONS: Readonly<Record<string, string>> = {
  public: "net.is_public(args.u.host)",
  internal: "net.is_internal(args.u.host)",
  metadata: "net.is_metadata(args.u.host)",
  secure: "net.is_secure(args.u)",
  drop: "net.drop_sites.covers(args.u.host)",
  secret: "path.is_secret(args.p)",
  secret_relative: "path.is_secret_relative(args.r)",
  control: "path.is_control(args.p)",
  control_relative: "path.is_control_relative(args.r)",
  system: "path.is_system(args.p)",
  only_reads: "shell.only_reads(args.line)",
  risky: "shell.may_run(args.line, shell.risky)",
  pushes: 'shell.may_call(args.line, "git", "push")',
  touches_secrets: "shell.may_touch_secrets(args.line)",
  writes_nothing: "shell.writes_nothing(args.line)",
};
const { ir } = compileText(
  [
    "package p",
    "import std.net",
    "import std.path",
    "import std.shell",
    "tool t { x(u: url, p: path, r: relpath, line: command) }",
    ...Object.entries(CONDITIONS).map(([name, condition]) => `allow is_${name}: t.x when ${condition}`),
  ].join("\n"),
);
const engine = createInterpreter(ir, platform);

/** The names of the conditions that hold. */
function holding(args: Readonly<Record<string, string>>): readonly string[] {
  const decision = engine.decide({
    agent: { id: "a" },
    tool: "t",
    action: "x",
    args: { u: "https://example.com/", p: "/a", r: "a", line: "ls", ...args },
  });
  expect(decision.code).not.toBe("invalid_input");
  return decision.rules.map((rule) => rule.slice("p.is_".length));
}

describe("std.net", () => {
  it.each(["https://api.github.com/", "https://8.8.8.8/", "https://[2606:4700::1111]/"])(
    "%s is public",
    (u) => {
      expect(holding({ u })).toEqual(expect.arrayContaining(["public", "secure"]));
      expect(holding({ u })).not.toContain("internal");
    },
  );
  it.each([
    "http://localhost/",
    "http://intranet/",
    "http://db.internal/",
    "http://printer.local/",
    "http://127.0.0.1/",
    "http://10.1.2.3/",
    "http://100.64.0.1/",
    "http://[::1]/",
    "http://[fd00::1]/",
    "http://[fe80::1]/",
    "http://[64:ff9b::a00:1]/",
    "http://0.0.0.0/",
  ])("%s is internal", (u) => {
    expect(holding({ u })).toContain("internal");
    expect(holding({ u })).not.toContain("public");
    expect(holding({ u })).not.toContain("secure");
  });
  it.each([
    "http://169.254.169.254/latest/meta-data",
    "http://metadata.google.internal/",
    "http://[fd00:ec2::254]/",
    "http://Metadata/",
  ])("%s tells credentials", (u) => expect(holding({ u })).toContain("metadata"));
  it("knows sites that show what is posted", () => {
    expect(holding({ u: "https://abc.ngrok.io/" })).toContain("drop");
    expect(holding({ u: "https://github.com/" })).not.toContain("drop");
  });
});

describe("std.path", () => {
  it.each([
    "/w/.env",
    "/w/.env.local",
    "/w/.ENV",
    "/home/a/.ssh/config",
    "/home/a/.AWS/credentials",
    "/w/server.PEM",
    "/w/id_rsa",
    "/w/terraform.tfstate",
  ])("%s holds credentials", (p) => {
    expect(holding({ p, r: p.slice(1) })).toEqual(expect.arrayContaining(["secret", "secret_relative"]));
  });
  it.each(["/w/src/env.ts", "/w/environment", "/w/readme.md", "/w/keys.ts"])("%s does not", (p) => {
    expect(holding({ p, r: p.slice(1) })).not.toContain("secret");
    expect(holding({ p, r: p.slice(1) })).not.toContain("secret_relative");
  });
  it("knows files that steer tools, and the system's", () => {
    for (const p of [
      "/w/.git/hooks/pre-commit",
      "/w/.github/workflows/a.yml",
      "/w/.claude/settings.json",
      "/w/aegis.json",
    ]) {
      expect(holding({ p, r: p.slice(1) })).toEqual(expect.arrayContaining(["control", "control_relative"]));
    }
    expect(holding({ p: "/etc/passwd" })).toContain("system");
    expect(holding({ p: "/etcetera/x" })).not.toContain("system");
  });
});

describe("std.shell", () => {
  it.each([
    "ls -la",
    "cd src && grep -rn 'a b' . | head -5 2>/dev/null",
    "cat a.txt; wc -l b",
    "find . -name '*.ts'",
  ])("%s only reads", (line) => {
    expect(holding({ line })).toEqual(expect.arrayContaining(["only_reads", "writes_nothing"]));
    expect(holding({ line })).not.toContain("risky");
  });
  it.each(["ls > out", "./ls", "cat $(id)", "sort -o a b", "python -c 1", "ls; rm x", "find . -delete"])(
    "%s may do more",
    (line) => expect(holding({ line })).not.toContain("only_reads"),
  );
  it.each(["rm -rf /", "/bin/rm x", "ls | xargs rm", "curl x", "true && $x"])("%s is risky", (line) =>
    expect(holding({ line })).toContain("risky"),
  );
  it("knows calls by a word, and takes the unknown for one", () => {
    for (const line of ["git push", "cd x && /usr/bin/git -C y push origin main", "git *", "eval x"]) {
      expect(holding({ line }), line).toContain("pushes");
    }
    for (const line of ["git status", "echo git push", "git commit -m 'push it'"]) {
      expect(holding({ line }), line).not.toContain("pushes");
    }
  });
  it.each([
    "cat .env",
    "cp ~/.ssh/id_rsa x",
    "cat < /w/.env",
    "grep x a/.aws/credentials",
    "ls key.pem",
    "$x",
  ])("%s may touch credentials", (line) => expect(holding({ line })).toContain("touches_secrets"));
  it.each(["cat environment.ts", "ls src/keys", "git log --oneline"])("%s does not", (line) =>
    expect(holding({ line })).not.toContain("touches_secrets"),
  );
});
