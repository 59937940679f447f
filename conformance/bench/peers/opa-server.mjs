// OPA's server: rules as Rego code, which its index serves better than data; asked by HTTP over a kept-alive connection.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findOpa, regoCode } from "./rego.mjs";
import { freePort, serve } from "./serve.mjs";

export default {
  async load(rules) {
    const folder = mkdtempSync(join(tmpdir(), "aegis-bench-opa-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, "bench.rego"), regoCode(rules));
    const port = await freePort();
    const agent = new Agent({ keepAlive: true, maxSockets: 1, noDelay: true });
    const ask = (method, path, body) =>
      new Promise((resolve, reject) => {
        const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
        const asked = httpRequest({ agent, host: "127.0.0.1", port, method, path, headers }, (answer) => {
          const chunks = [];
          answer.on("data", (chunk) => chunks.push(chunk));
          answer.once("error", reject);
          answer.once("end", () => {
            if (answer.statusCode === 200) resolve(Buffer.concat(chunks).toString("utf8"));
            else reject(new Error(`OPA answers ${answer.statusCode}`));
          });
        });
        asked.once("error", reject);
        asked.end(body);
      });
    const server = await serve(
      findOpa(),
      [
        "run",
        "--server",
        "--addr",
        `127.0.0.1:${port}`,
        "--log-level",
        "error",
        "--disable-telemetry",
        folder,
      ],
      () => ask("GET", "/health", ""),
    );
    return {
      prepare: (requests) => requests,
      decide: async (input) =>
        JSON.parse(await ask("POST", "/v1/data/bench/result", JSON.stringify({ input }))),
      answer: ({ result }) => result,
      server: server.pid,
      close: () => server.kill("SIGKILL"),
    };
  },
};
