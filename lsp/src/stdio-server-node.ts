// The server over standard input and output of this process, with the files of its disk. It ends the process when told to.
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { diskHost } from "./host/disk-host-node.ts";
import { startServer } from "./protocol/server.ts";
import { VERSION } from "./version.ts";

/** `named`: the client says by an argument (`--stdio`, `--node-ipc`, `--socket=`, `--pipe=`) how it speaks. */
export function startProcessServer(named: boolean): void {
  // Standard output is the connection's: nothing else may write to it.
  console.log = console.error;
  const connection = named
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  startServer(connection, { version: VERSION, now: Date.now, host: diskHost });
}
