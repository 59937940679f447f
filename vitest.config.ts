// Test runner settings: sources instead of builds, one process per file group.
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@aegis/source"] },
  ssr: { resolve: { conditions: ["@aegis/source"] } },
  test: {
    include: [
      "{runtime,stdlib,compiler,conformance,cli,lsp,vscode-extension,scripts,examples,docs}/**/*.test.ts",
    ],
    setupFiles: ["./scripts/property-seed.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
