// A headless browser, and waiting for servers and for pages that paint late.
import { createServer } from "node:net";
import { chromium } from "playwright-core";

export const launchBrowser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** Repeats an assertion until it holds. */
export async function eventually(assertion, milliseconds = 20_000) {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

export const answers = (url, milliseconds = 60_000) =>
  eventually(async () => {
    const { ok } = await fetch(url);
    if (!ok) throw new Error(`nothing answers at ${url}`);
  }, milliseconds);
