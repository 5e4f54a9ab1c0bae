import { availableParallelism } from "node:os"
import { defineConfig } from "@playwright/test"
import { portFor } from "./e2e/port-for.ts"
import { chromiumOptions } from "./scripts/chromium.mjs"

interface Variant {
  readonly env: Record<string, string>
  readonly basePath?: string
  /** What streams from the boundaries `cacheComponents` demands is invisible without JavaScript. */
  readonly javaScriptOnly?: boolean
}

const bridgePort = await portFor("BRIDGE")
/** Workers inherit the environment, and evaluate this file again. */
const bridgeToken = (process.env.E2E_BRIDGE_TOKEN ??= crypto.randomUUID())

/** What `npm test` runs: the rest differs by the store or the app's shape alone, and is for `npm run test:all`. */
const isShort = process.env.E2E_SHORT === "1"
/** E2E_PROJECTS=elsewhere,redis runs these alone, and starts only their servers. */
const named = isShort ? ["app", "cookie-store", "redis"] : process.env.E2E_PROJECTS?.split(",")
const isWanted = (name: string) => named?.includes(name) ?? true

/** The apps the delivery matrix can run on; E2E_VARIANTS=proxy,base-path picks others than the two stores. */
const variants: Record<string, Variant> = {
  "cookie-store": { env: {} },
  redis: { env: { FIXTURE_BRIDGE_PORT: String(bridgePort), UPSTASH_REDIS_REST_TOKEN: bridgeToken } },
  "redis-tcp": { env: {} },
  postgres: { env: {} },
  toaster: { env: { FIXTURE_RICH: "1" } },
  proxy: { env: {} },
  "base-path": { env: { FIXTURE_BASE_PATH: "/mounted" }, basePath: "/mounted" },
  "trailing-slash": { env: { FIXTURE_TRAILING_SLASH: "1" } },
  "cache-components": { env: { FIXTURE_CACHE_COMPONENTS: "1" }, javaScriptOnly: true },
}

const others = ["app", "elsewhere"]
const chosen =
  named?.filter((name) => !others.includes(name)) ??
  (process.env.E2E_VARIANTS ?? "cookie-store,redis,redis-tcp,postgres,toaster,cache-components").split(",")
const isAfterItsTwin = chosen.slice(0, chosen.indexOf("redis")).includes("cookie-store")
/** Of these, `npm run test:all` runs the cases that differ most; naming one runs them all. */
const samples: Record<string, RegExp> = {
  "cache-components":
    /(a prerendered page that shows messages|a prefetch of a guarded page).*\[JavaScript\]|rich\.spec\.ts (an app's toaster|a form in a modal)/,
  "redis-tcp": /@core/,
  postgres: /@core/,
}
const isAll = named !== undefined || process.env.E2E_VARIANTS !== undefined

const onCookies =
  "matrix|rich|message-looks|must-hold|beside|refused|back-field|asked-by-others|page-cache|size|edge|next-internals"
const onRedis = "redis|two-servers"

/** What runs on a store. */
const specs: Record<string, string> = isShort
  ? { "cookie-store": `${onCookies}|security/(guards|cookie-secrets)`, redis: onRedis }
  : {
      "cookie-store": `${onCookies}|security/(?!redis-)[\\w-]+`,
      redis: `matrix|${onRedis}|security/(?!cookie-)[\\w-]+`,
      "redis-tcp": "matrix",
      postgres: "matrix",
      toaster: "matrix|page-cache",
      "cache-components": "matrix|rich",
    }

process.env.SESSION_SECRET ??= crypto.randomUUID() + crypto.randomUUID()
const appPort = await portFor("APP")
const elsewhere = `http://localhost:${await portFor("ELSEWHERE")}`
/** Another site's, which a spec starts. */
const signInPort = await portFor("SIGN_IN")

const matrixProjects = await Promise.all(
  chosen.map(async (name) => {
    const variant = variants[name]
    if (variant === undefined)
      throw new Error(`E2E_VARIANTS: no variant "${name}"; there are ${Object.keys(variants).join(", ")}`)
    const origin = `http://localhost:${await portFor(name.toUpperCase())}`
    return { name, variant, origin, basePath: variant.basePath ?? "" }
  }),
)

export default defineConfig({
  testDir: "e2e",
  // Node loads what tests import of the application, and knows Next's entries by their files.
  tsconfig: "e2e/tsconfig.json",
  outputDir: "test-results/e2e",
  fullyParallel: true,
  workers: availableParallelism(),
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    launchOptions: chromiumOptions(),
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "app", testMatch: /app\/.*\.spec\.ts/, use: { baseURL: `http://localhost:${appPort}` } },
    {
      name: "elsewhere",
      testMatch: /elsewhere\/specs\/.*\.spec\.ts/,
      use: { baseURL: elsewhere },
      metadata: { basePath: "", javaScriptOnly: false, exactlyOnce: false },
    },
    ...matrixProjects.map(({ name, variant, origin, basePath }) => ({
      name,
      testMatch: new RegExp(`(${specs[name] ?? "matrix"})\\.spec\\.ts`),
      use: { baseURL: origin },
      ...(!isAll && samples[name] !== undefined ? { grep: samples[name] } : {}),
      metadata: {
        basePath,
        javaScriptOnly: variant.javaScriptOnly ?? false,
        exactlyOnce: ["redis", "redis-tcp", "postgres"].includes(name),
        byScripts: name === "toaster",
      },
    })),
    {
      name: "output",
      testMatch: /output\.spec\.ts/,
      dependencies: [...others.filter(isWanted), ...chosen],
    },
  ].filter(({ name }) => name === "output" || isWanted(name)),
  webServer: [
    {
      name: "app",
      command: `node e2e/app-server.mjs ${appPort}`,
      url: `http://localhost:${appPort}/about`,
      timeout: 180_000,
    },
    {
      name: "elsewhere",
      command: `node e2e/app-server.mjs ${new URL(elsewhere).port} elsewhere`,
      url: `${elsewhere}/account`,
      env: {
        SIGN_IN_HOST: `127.0.0.1:${signInPort}`,
        STAFF_SECRET: crypto.randomUUID() + crypto.randomUUID(),
      },
      timeout: 240_000,
    },
    ...matrixProjects.map(({ name, variant, origin, basePath }) => ({
      name,
      command: `node e2e/fixture-server.mjs ${new URL(origin).port} ${name === "cookie-store" ? "" : name}`,
      url: `${origin}${basePath}/static`,
      // Servers start one after another, and an earlier one has built the same app.
      env: { ...variant.env, FIXTURE_IS_BUILT: name === "redis" && isAfterItsTwin ? "1" : "" },
      timeout: 240_000,
    })),
  ].filter(({ name }) => isWanted(name)),
})
