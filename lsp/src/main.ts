// The language server as a process.
import { startProcessServer } from "./stdio-server-node.ts";

startProcessServer(process.argv.some((each) => /^--(?:stdio|node-ipc|socket|pipe)/.test(each)));
