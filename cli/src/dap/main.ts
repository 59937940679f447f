// Entry of the debug adapter on its own: speaks the debug adapter protocol over standard input and output.
import { DebugSession } from "@vscode/debugadapter";
import { PolicyDebugSession } from "./debug-session.ts";

DebugSession.run(PolicyDebugSession);
