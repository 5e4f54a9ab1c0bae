import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "")

const all = ["{app,lib,docs,scripts}/**/*.test.ts"]
/** What crosses all floors, builds a package, or waits for a Redis that fails: not in `npm run check`. */
const slow = [
  "lib/session/{promises,testing,test-support}/**/*.test.ts",
  "lib/session/stores/postgres/{postgres-store,on-a-server,prepared,claims,failures}.test.ts",
  "lib/session/stores/redis/{replies,redis-store,claims,tcp,cluster}.test.ts",
  "lib/session/next/sign-out.test.ts",
  "scripts/**/*.test.ts",
]

/** What keeps nothing between tests, so that its files can share their modules, which saves loading them. */
const pure = ["lib/session/{core,forms}/**/*.test.ts", "lib/session/stores/cookie/*.test.ts"]

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
    unstubEnvs: true,
    // Some tests open thousands of seals, and may share the machine with a build.
    testTimeout: 30_000,
    pool: "threads",
    // More than the cores: half of the slow ones wait, for a Redis that does not answer.
    maxWorkers: 4,
    projects: [
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
      { extends: true, test: { name: "unit", include: all, exclude: [...pure, ...slow] } },
      { extends: true, test: { name: "slow", include: slow } },
    ],
  },
})
