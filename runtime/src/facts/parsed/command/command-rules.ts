// Programs that run what their arguments name, or change what later words mean: a line that uses them so is opaque.
import { parsePattern } from "../../../core/patterns/index.ts";

/** Keywords and builtins of dash, bash and zsh that are no simple commands, or change the meaning of the line. */
const SHELL_WORDS =
  "case do done elif else end esac fi for foreach function if in repeat select then time until while coproc nocorrect " +
  "noglob . alias autoload batch bind bindkey builtin bye chdir compctl compdef compgen complete compopt declare disable " +
  "emulate enable eval exec export fc float functions getopts hash integer jobs let limit local log logout mapfile newgrp popd print " +
  "private pushd r read readarray readonly rehash sched set setopt shopt source suspend trap ttyctl typeset unalias unfunction " +
  "unhash unlimit unset unsetopt vared zcompile zformat zle zmodload zparseopts zprof zpty zregexparse zsocket zstyle ztcp";

/** Programs whose arguments are another program and its arguments. */
const WRAPPERS =
  "arch ash at bash bashbug bubblewrap bwrap busybox caffeinate catchsegv chpst chroot chrt csh daemonize dash " +
  "cygstart dbus-run-session doas dumb-init entr env exo-open expect faketime fakeroot firejail fish flock gdb gio gnome-open gtime gtimeout gxargs i386 ionice kde-open ksh " +
  "ld.so linux32 linux64 lldb lockf login ltrace mksh nice nohup nsenter open parallel perf pkexec powershell proxychains proxychains4 " +
  "pwsh rbash run-parts runuser screen script sem setarch setpriv setsid sh ssh-agent start start-stop-daemon stdbuf strace su " +
  "sudo sudoedit systemd-run taskset tcsh timeout tini tmux torsocks toybox tsocks unbuffer unshare valgrind watch watchexec wsl " +
  "x86_64 xargs xdg-open xvfb-run yash zsh";

export const OPAQUE_PROGRAMS: ReadonlySet<string> = new Set(`${SHELL_WORDS} ${WRAPPERS}`.split(" "));

/** Each argument is preceded by this character, which no token contains. */
export const ARGUMENT_MARK = "\u001f";
const M = "\\x1f";
const END = `(?:${M}|$)`;
const WITHIN = `[^${M}]`;
const short = (letters: string): string => `${M}-[A-Za-z0-9]*[${letters}]`;

const SED_PATTERN = "/(?:[^/\\\\\\n;\\x1f]|\\\\[^/\\n\\x1f])*/";
const SED_ADDRESS = `(?:[0-9]+|\\$|${SED_PATTERN})`;
const sedPart = (d: string): string => `(?:[^${d}\\\\\\n\\x1f]|\\\\[^${d}\\n\\x1f])*[${d}]`;
const sedReplace = (d: string): string => `s[${d}]${sedPart(d)}${sedPart(d)}[gpIi0-9]*`;
const SED_RANGE = `${SED_ADDRESS}(?:,(?:[+]?[0-9]+|\\$|${SED_PATTERN}))?`;
const SED_COMMAND = ` *(?:${SED_RANGE})? *!?(?:[pdqgGhHxnNDP=]|${["/", "|", "#", ",", "@"].map(sedReplace).join("|")}) *`;
/** Options, then one script without commands that run programs or write files, then files. */
const SED = `^(?:${M}-[nErsuz]+|${M}-i(?:\\.[A-Za-z]+)?${M}?|${M}--(?:quiet|silent|regexp-extended|in-place))*(?:${M}-[nErsuz]*e)?${M}${SED_COMMAND}(?:;${SED_COMMAND})*(?:${M}[^\\x1f-]${WITHIN}*)*$`;

/** Canonical portable patterns over the arguments of a call, each preceded by `ARGUMENT_MARK`. */
export interface ProgramRule {
  /** The arguments must match it; otherwise the line is opaque. */
  readonly only?: string | undefined;
  /** The arguments must not match it; otherwise the line is opaque. */
  readonly never?: string | undefined;
}

/** Made canonical when it is first asked for: a short command asks for few. */
function canonical(source: string | undefined): () => string | undefined {
  let known: string | undefined;
  return () => {
    if (source === undefined || known !== undefined) return known;
    const pattern = parsePattern(source);
    if (!pattern.ok) throw new Error(`${pattern.message} at ${String(pattern.offset)} in ${source}`);
    return (known = pattern.canonical);
  };
}

/** Arithmetic that bash and zsh do on their arguments may run a substitution hidden in quotes. */
const ARITHMETIC = "[$\\x60]";

const RULES: readonly (readonly [name: string, rule: ProgramRule])[] = [
  ["[", { never: `${ARITHMETIC}|${M}-v${END}` }],
  ["break", { never: ARITHMETIC }],
  ["bsdtar", { never: `${short("IF")}|^${M}[A-Za-z]*[IF]|${M}--(?:us|to|checkpoint-|inf|new-v|rs|rm)` }],
  ["command", { only: `^${M}-[vV]${M}` }],
  ["continue", { never: ARITHMETIC }],
  ["exit", { never: ARITHMETIC }],
  ["fd", { never: `${short("xX")}|${M}--exec` }],
  ["fdfind", { never: `${short("xX")}|${M}--exec` }],
  ["find", { never: `${M}-(?:exec|execdir|ok|okdir|delete|fprint|fprint0|fprintf|fls)${END}` }],
  [
    "git",
    {
      never: [
        // Configuration on the command line may name programs; it stands before the subcommand, or belongs to clone and init.
        `^(?:${M}-[^c\\x1f]${WITHIN}*|${M}(?:-C|--git-dir|--work-tree|--namespace|--super-prefix|--attr-source)${M}${WITHIN}*)*${M}(?:-c|--config-env|--exec-path)`,
        `${M}(?:clone|init)${M}(?:[^\\x00]*${M})?(?:-[A-Za-z0-9]*[cu]|--c|--te)`,
        // Long options may be cut short.
        `${M}--(?:e|ex|exe|exec|u|up|upl${WITHIN}*|rece${WITHIN}*|ope${WITHIN}*|ext${WITHIN}*)(?:=${WITHIN}*)?${END}`,
        `${M}rebase${M}(?:[^\\x00]*${M})?-[A-Za-z0-9]*x`,
        `${M}grep${M}(?:[^\\x00]*${M})?-[A-Za-z0-9]*O`,
        `${M}(?:bisect${M}run|filter-branch|difftool|mergetool|for-each-repo|instaweb|send-email|daemon)${END}`,
        `${M}submodule${M}(?:[^\\x00]*${M})?foreach${END}`,
        "ext::",
      ].join("|"),
    },
  ],
  ["gtar", { never: `${short("IF")}|^${M}[A-Za-z]*[IF]|${M}--(?:us|to|checkpoint-|inf|new-v|rs|rm)` }],
  ["install", { never: `${short("s")}|${M}--st` }],
  ["kill", { never: ARITHMETIC }],
  ["less", { never: `${M}[+]` }],
  ["man", { never: `${short("CHP")}|${M}--(?:pager|html|config)` }],
  ["more", { never: `${M}[+]` }],
  ["printf", { never: `${ARITHMETIC}|^${M}-v` }],
  ["return", { never: ARITHMETIC }],
  ["rg", { never: `${M}--(?:pre|hostname-bin)(?:=|${END})` }],
  ["rsync", { never: `${short("e")}|${M}--rs` }],
  ["scp", { never: short("oSFDJ") }],
  ["sed", { only: SED }],
  ["sftp", { never: short("oSFDJ") }],
  ["shift", { never: ARITHMETIC }],
  ["sort", { never: `${M}--c` }],
  ["split", { never: `${M}--f` }],
  ["ssh", { never: `${M}-` }],
  ["tar", { never: `${short("IF")}|^${M}[A-Za-z]*[IF]|${M}--(?:us|to|checkpoint-|inf|new-v|rs|rm)` }],
  ["test", { never: `${ARITHMETIC}|${M}-v${END}` }],
  ["ulimit", { never: ARITHMETIC }],
  ["umask", { never: ARITHMETIC }],
  ["wait", { never: ARITHMETIC }],
  ["wget", { never: `${M}-[A-Za-z0-9]*e|${M}--(?:us|exe)` }],
  ["zip", { never: `${short("T")}|${M}--un` }],
];

/** By base name of the program. */
export const PROGRAM_RULES: ReadonlyMap<string, ProgramRule> = new Map(
  RULES.map(([name, rule]) => {
    const only = canonical(rule.only);
    const never = canonical(rule.never);
    return [
      name,
      {
        get only() {
          return only();
        },
        get never() {
          return never();
        },
      },
    ];
  }),
);
