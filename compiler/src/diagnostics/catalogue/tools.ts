// Diagnostics about tools, actions, manifests and selectors.
import { defineDiagnostics } from "../define-diagnostics.ts";

export const toolDiagnostics = defineDiagnostics("tools", {
  "unknown-tool": {
    message: "there is no tool `{name}` here",
    help: "{hint}",
  },
  "unknown-action": {
    message: "tool `{tool}` has no action `{name}`",
    help: "{hint}",
  },
  "not-a-tool": {
    message: "`{name}` is a {kind}, not a tool",
    help: "a selector names actions: `tool.action`, `tool.*`, `@group` or `*`",
  },
  "action-missing": {
    message: "`{name}` names a tool and no action",
    help: "write `{name}.*` for all of its actions, or `{name}.` and an action",
  },
  "empty-selector": {
    message: "this selects no action",
    help: "{hint}",
  },
  "group-cycle": {
    message: "groups contain each other in a circle: {cycle}",
    help: "take one of them out of the other",
  },
  "duplicate-tool": {
    message: "the tool that is called `{name}` on the wire is declared twice",
    help: "declare it once and import it from there, or give one of them another name with `as` or `on`",
  },
  "duplicate-action": {
    message: "tool `{tool}` has two actions that are called `{name}` on the wire",
    help: "give one of them another name with `as`",
  },
  "confusable-name": {
    message:
      "`{name}` and `{other}` are told apart by nobody: they differ in case, `-`, `_` or look-alike letters only",
    help: "rename one of them on the wire",
  },
  "empty-wire-name": {
    message: "a name on the wire cannot be empty",
    help: "write the name under which the tool is called",
  },
  "manifest-unreadable": {
    message: "the manifest `{path}` cannot be used: {reason}",
    help: "the path is relative to this file; `aegisc import mcp` writes a manifest",
  },
  "manifest-note": {
    severity: "information",
    message: "the manifest `{path}` says more than its types can: {what} at {places}",
    help: "`aegisc import mcp` prints the types; refine what the policy reads",
  },
  "unknown-refined-action": {
    message: "the manifest of `{tool}` has no action `{name}`",
    help: "{hint}",
  },
  "unknown-refined-field": {
    message: "action `{action}` has no argument `{name}` in its manifest",
    help: "{hint}",
  },
  "refines-nothing": {
    message: "no action of `{tool}` has an argument `{name}`",
    help: "{hint}",
  },
  "duplicate-refinement": {
    message: "`{name}` is refined twice",
    help: "write one refinement with all its fields",
  },
  "not-narrower": {
    message: "`{to}` is no narrowing of `{from}`, which the manifest says",
    help: "a refinement may only accept less than the manifest does; `json` accepts everything unread",
  },
  "refined-optional": {
    message: "whether `{name}` may be absent is the manifest's to say, and there it is required",
    help: "remove the `?`",
  },
  "refined-default": {
    message: "a refinement gives no default",
    help: "remove `= …`; whether an argument is optional, and what then happens, is the manifest's to say",
  },
  widened: {
    severity: "warning",
    message:
      "`{name}` is opened to `json`, wider than the manifest's `{from}`: what it holds is neither checked nor readable",
    help: "keep the manifest's type unless calls really differ from it",
  },
  opened: {
    severity: "information",
    message: "arguments that the manifest does not declare are accepted unread by `{name}`",
  },
  "open-tool": {
    severity: "warning",
    message: "nothing declares the tool `{name}`: its arguments are accepted unread",
    help: "import its manifest, or declare it with `tool`",
  },
  "conflicting-inference": {
    message: "argument `{name}` of the undeclared action `{action}` is used as `{a}` and as `{b}`",
    help: "declare the tool, or use the argument in one way",
  },
});
