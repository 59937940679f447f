// Where `url` gives a host, WHATWG, Python, Go, Java and curl connect to that host and port, and no other.
import { execFile, execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findProgram, skipsWithout } from "../../../testing/index.ts";
import type { ParsedValue } from "../../../core/types/parsed-type.ts";
import { hostileUrls } from "../testing/hostile-urls.ts";
import { parseUrl, url } from "./url.ts";

const RUNS = Number(process.env.AEGIS_FUZZ_RUNS ?? 3000);

interface Parsed {
  readonly text: string;
  /** Without brackets. */
  readonly host: string;
  /** As written; empty when left out. */
  readonly port: string;
}

function parsed(texts: readonly string[]): Parsed[] {
  return texts.flatMap((text) => {
    const value = parseUrl(text);
    if (value === undefined) return [];
    const host = (value.part("host") as ParsedValue).canonical.replace(/^\[|\]$/g, "");
    const port = /^[^/]*:\/\/(?:\[[^\]]*\]|[^:/?#]*)(?::([0-9]+))?/.exec(text)?.[1] ?? "";
    return [{ text, host, port }];
  });
}

const samples = parsed([
  ...url.examples.valid.map((example) => example.text),
  ...fc.sample(hostileUrls, { numRuns: RUNS }),
]);
const batch = samples.slice(0, 500);
const expected = batch.map(({ text, host, port }) => ({ text, host, port }));

const PYTHON = `
import json, sys
from urllib.parse import urlsplit
out = []
for text in json.load(sys.stdin):
    u = urlsplit(text)
    out.append({"text": text, "host": u.hostname, "port": "" if u.port is None else str(u.port)})
json.dump(out, sys.stdout)
`;
const GO = `
package main

import ("encoding/json"; "net/url"; "os"; "strings")

func main() {
	var texts []string
	json.NewDecoder(os.Stdin).Decode(&texts)
	out := []map[string]string{}
	for _, text := range texts {
		u, err := url.Parse(text)
		if err != nil { out = append(out, map[string]string{"text": text, "host": "error: " + err.Error()}); continue }
		out = append(out, map[string]string{"text": text, "host": strings.ToLower(u.Hostname()), "port": u.Port()})
	}
	json.NewEncoder(os.Stdout).Encode(out)
}
`;
const JAVA = `
import java.net.URI;
import java.util.*;

class Hosts {
  public static void main(String[] args) {
    Scanner in = new Scanner(System.in);
    while (in.hasNextLine()) {
      String text = in.nextLine();
      URI u = URI.create(text);
      String host = String.valueOf(u.getHost()).toLowerCase().replaceAll("^\\\\[|\\\\]$", "");
      System.out.println(host + " " + (u.getPort() < 0 ? "" : u.getPort()));
    }
  }
}
`;

function inFolder<T>(file: string, text: string, use: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "aegis-url-"));
  try {
    writeFileSync(join(folder, file), text);
    return use(join(folder, file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const texts = JSON.stringify(batch.map((sample) => sample.text));

describe("url", () => {
  it("has something to compare", () => expect(samples.length).toBeGreaterThan(RUNS / 20));

  it("agrees with WHATWG", () => {
    for (const { text, host } of samples) {
      const other = new URL(text);
      const value = parseUrl(text);
      expect(other.hostname.toLowerCase().replace(/^\[|\]$/g, ""), text).toBe(host);
      expect(other.protocol, text).toBe(`${String(value?.part("scheme"))}:`);
      const shown = /:\/\/(?:\[[^\]]*\]|[^:/?#]*)(?::([0-9]+))?/.exec(value?.canonical ?? "")?.[1] ?? "";
      expect(other.port, text).toBe(shown);
      expect(other.username + other.password, text).toBe("");
      expect(other.pathname, text).toBe(value?.part("path"));
    }
  });

  const python = findProgram("python3");
  it.skipIf(skipsWithout("python3", python))("agrees with Python", { timeout: 60_000 }, () => {
    const output = execFileSync(python ?? "", ["-c", PYTHON], { input: texts, encoding: "utf8" });
    expect(JSON.parse(output)).toEqual(expected);
  });

  const go = findProgram("go");
  it.skipIf(skipsWithout("go", go))("agrees with Go", { timeout: 120_000 }, () => {
    const output = inFolder("main.go", GO, (file) =>
      execFileSync(go ?? "", ["run", file], {
        input: texts,
        encoding: "utf8",
        env: { ...process.env, GOFLAGS: "-mod=mod", GO111MODULE: "off" },
      }),
    );
    expect(JSON.parse(output)).toEqual(expected);
  });

  const java = findProgram("java");
  it.skipIf(skipsWithout("java", java))("agrees with Java", { timeout: 120_000 }, () => {
    const input = batch.map((sample) => sample.text).join("\n");
    const output = inFolder("Hosts.java", JAVA, (file) =>
      execFileSync(java ?? "", [file], { input, encoding: "utf8" }),
    );
    expect(
      output
        .trimEnd()
        .split("\n")
        .map((line) => line.trimEnd()),
    ).toEqual(batch.map(({ host, port }) => `${host} ${port}`.trimEnd()));
  });

  const curl = findProgram("curl");
  it.skipIf(skipsWithout("curl", curl))("agrees with curl", { timeout: 120_000 }, async () => {
    const seen: string[] = [];
    // A proxy is told the host that curl has found.
    const proxy = createServer((request, response) => {
      seen.push(request.headers.host ?? "");
      response.end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    try {
      const address = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
      const plain = batch.filter(({ text }) => /^http:/i.test(text)).slice(0, 200);
      await promisify(execFile)(curl ?? "", [
        "--globoff",
        "--silent",
        "--noproxy",
        "",
        "--proxy",
        address,
        ...plain.map((sample) => sample.text),
      ]);
      const shown = (port: string): string => (port === "" || port === "80" ? "" : `:${port}`);
      expect(seen.map((host) => host.toLowerCase().replace(/[[\]]/g, ""))).toEqual(
        plain.map(({ host, port }) => host + shown(port)),
      );
    } finally {
      proxy.close();
    }
  });
});
