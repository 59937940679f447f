// The language server in a web worker: the client reads the files.
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { startServer } from "./protocol/server.ts";
import { VERSION } from "./version.ts";

/** The global of a worker, as far as it is needed here; types of the browser are not part of this build. */
const scope = globalThis as unknown as ConstructorParameters<typeof BrowserMessageReader>[0];
const connection = createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope));
startServer(connection, { version: VERSION, now: Date.now, host: null });
