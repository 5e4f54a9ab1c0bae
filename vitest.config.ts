import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "")

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${root}/` },
      { find: /^next-session-kit$/, replacement: `${root}/lib/session/index.ts` },
      { find: /^next-session-kit\//, replacement: `${root}/lib/session/` },
    ],
  },
  test: {
    environment: "node",
    include: ["{app,lib,docs,scripts}/**/*.test.ts"],
    unstubEnvs: true,
    // Some tests open thousands of seals, and may share the machine with a build.
    testTimeout: 30_000,
  },
})
