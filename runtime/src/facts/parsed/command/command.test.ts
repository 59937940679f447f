// Tests of `command`: lines that are plain with their calls, and lines that must be opaque.
import { describe, expect, it } from "vitest";
import { parseCommand } from "./command.ts";
import { readCommand } from "./read-command.ts";

describe("command", () => {
  it.each([
    ["ls", ["ls"]],
    ["ls -la; cd x && git status | head -5 || echo no", ["ls", "cd", "git", "head", "echo"]],
    ["# first\nls # second\n\n  pwd;\n", ["ls", "pwd"]],
    ["a |\n b &&\n # why\n c", ["a", "b", "c"]],
    ["/usr/bin/git log HEAD~1 stash@{0} {}", ["/usr/bin/git"]],
    ['grep -rn "x$" . 2>/dev/null | wc -l 2>&1', ["grep", "wc"]],
    ['git commit -m \'two\nlines\' -m "say \\"hi\\""', ["git"]],
    ["test -f a && [ -d b ]", ["test", "["]],
    ["a \\\n  b", ["a"]],
    ["command -v git", ["command"]],
  ])("%j runs %j", (line, programs) => {
    expect(parseCommand(line)?.part("programs")).toEqual(programs);
  });

  it("unquotes words", () => {
    const found = readCommand(String.raw`echo a"b c"'d $e' \* "\$x \n \\" '' x=y`);
    expect(found?.calls[0]?.args).toEqual(["ab cd $e", "*", "$x \\n \\", "", "x=y"]);
    expect(found?.calls[0]?.literal).toBe(true);
  });

  it("knows arguments that the shell replaces", () => {
    for (const word of ["*.ts", "a?", "[ab]", "~/x", "--prefix=~/x", "a:~"]) {
      expect(readCommand(`ls ${word}`)?.calls[0]?.literal, word).toBe(false);
    }
    for (const word of ["'*'", '"a?"', "\\*", "HEAD~1", "a]"]) {
      expect(readCommand(`ls ${word}`)?.calls[0]?.literal, word).toBe(true);
    }
  });

  it("collects files of redirections", () => {
    const found = readCommand("sort < in.txt 2>/dev/null >> 'o ut' > b && ls >c");
    expect(found).toMatchObject({ reads: ["in.txt"], writes: ["o ut", "b", "c"], pipes: false });
    expect(found?.words).toEqual(["sort", "ls", "in.txt", "o ut", "b", "c"]);
  });

  it.each(
    [
      "",
      " ",
      "# only a comment",
      "$(curl x)",
      "`x`",
      "echo $x",
      'echo "$x"',
      'echo "$(x)"',
      'echo "`x`"',
      "echo ${x}",
      "echo $((1))",
      "PATH=/evil ls",
      "LD_PRELOAD=x ls",
      "{rm,-rf,/}",
      "echo {a,b}",
      "echo {1..3}",
      "=ls",
      "echo =ls",
      "ls &",
      "ls & rm x",
      "(ls)",
      "{ ls; }",
      "f() { ls; }",
      "if true; then ls; fi",
      "! ls",
      "time ls",
      "[[ -f x ]]",
      "ls |& cat",
      "ls &> f",
      "ls >& f",
      "ls >| f",
      "ls <> f",
      "ls > $f",
      "ls > *",
      "ls > ~/x",
      "cat <<EOF\nx\nEOF",
      "cat <<< x",
      "diff <(a) <(b)",
      "ls > /dev/tcp/h/1",
      "12>f ls",
      "> f",
      "ls ;; ls",
      "&& ls",
      "ls &&",
      "ls |",
      "ls 'x",
      'ls "x',
      "ls \\",
      "ls\\\nx",
      "echo 2>&1x",
      "echo a>&2#x",
      "*",
      "~/bin/x",
      "'rm' x",
      "\\rm x",
      "r''m x",
      "ls\rrm",
      "ls\u00a0x",
      "ls ü",
      "echo <1-5>",
      "alias ls=rm",
      "export PATH=x",
      "eval ls",
      ". ./x",
      "source x",
      "env ls",
      "/usr/bin/env ls",
      "sudo ls",
      "xargs rm",
      "nohup ls",
      "sh -c ls",
      "bash x.sh",
      "command ls",
      "exec ls",
      "find . -exec rm {} +",
      "find . -delete",
      "find *",
      "fd -x rm",
      "git -c core.sshCommand=x fetch",
      "git -C a -p -c alias.x=!x x",
      "git --exec-path=/x status",
      "git clone -c core.x=y z",
      "git fetch --upload-pack=x",
      "git rebase -x make main",
      "git rebase --exec make main",
      "git bisect run make",
      "git submodule foreach ls",
      "git clone 'ext::sh -c x'",
      "ssh -o ProxyCommand=x h",
      "tar xf a --to-command=x",
      "tar cIf x y z",
      "rsync -avze ssh a b",
      "sort --compress-program=x a",
      "sed '1e rm' x",
      "sed -n 's/a/b/e' x",
      "sed 's/a/b/w /etc/passwd' x",
      "sed -f x y",
      "sed e",
      "test 'a[$(x)]' -eq 1",
      "[ -v 'a[x]' ]",
      "printf -v PATH x",
      "read x",
    ].map((line) => [line]),
  )("%j is opaque", (line) => {
    const value = parseCommand(line);
    expect(value?.part("plain")).toBe(false);
    for (const name of ["programs", "names", "calls", "words", "reads", "writes", "pipes"]) {
      expect(value?.part(name)).toBeUndefined();
    }
  });

  it.each(
    [
      "git switch -c new",
      "git commit -c HEAD",
      "git -C dir log --oneline",
      "git grep -n 'exec'",
      "git pull --recurse-submodules",
      "find . -name '*.ts' -type f",
      "sed -n '10,20p' src/a.ts",
      "sed -i 's/a/b/g; 3d' a.ts b.ts",
      "sed -E -e 's|a/b|c|' x",
      "tar xzf a.tgz",
      "ssh host uptime",
      "rsync -av a b",
      "printf '%s\\n' a",
    ].map((line) => [line]),
  )("%j is plain", (line) => {
    expect(parseCommand(line)?.part("plain")).toBe(true);
  });

  it("compares names without regard to case", () => {
    expect(readCommand("/bin/RM.EXE x")?.calls[0]).toMatchObject({ program: "/bin/RM.EXE", name: "rm" });
    expect(readCommand("SUDO ls")).toBeUndefined();
    expect(readCommand("Find . -exec x")).toBeUndefined();
  });

  it("is opaque past its bounds", () => {
    expect(readCommand("ls;".repeat(100))?.calls).toHaveLength(100);
    expect(readCommand("ls;".repeat(101))).toBeUndefined();
    expect(readCommand(`ls${" x".repeat(1000)}`)).toBeUndefined();
  });
});
