// Public surface of this package: the server on any connection, and as a process.
export { diskHost } from "./host/disk-host-node.ts";
export type { FileText, Host } from "./host/host.ts";
export { startServer } from "./protocol/server.ts";
export type { ServerOptions } from "./protocol/server.ts";
export { startProcessServer } from "./stdio-server-node.ts";
