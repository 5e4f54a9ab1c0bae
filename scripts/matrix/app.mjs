import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { copyFixture } from "../../e2e/fixture-variant.mjs"
import { addLocales } from "./i18n.mjs"

/** What an app adds to the fixture's, by the name of its variant; see `e2e/fixture/next.config.mjs`. */
const environments = {
  "base-path": { FIXTURE_BASE_PATH: "/mounted" },
  "trailing-slash": { FIXTURE_TRAILING_SLASH: "1" },
  "cache-components": { FIXTURE_CACHE_COMPONENTS: "1" },
  "cache-components-only": { FIXTURE_CACHE_COMPONENTS: "1", FIXTURE_PARTIAL_PREFETCHING: "0" },
  "react-compiler": { FIXTURE_REACT_COMPILER: "1" },
  "stale-times": { FIXTURE_STALE_TIMES: "1" },
}

/** What stays from one run to the next. */
const kept = ["node_modules", "package.json", "package-lock.json"]

/**
 * Puts the fixture app into the cell's folder, which then is an app like any other: it finds the kit in its
 * own `node_modules`.
 *
 * @param {string} folder
 * @param {import("./options.mjs").CellOptions} cell
 * @returns {{ env: Record<string, string>, basePath: string, javaScriptOnly: boolean }}
 */
export function makeApp(folder, cell) {
  for (const name of readdirSync(folder)) {
    if (!kept.includes(name)) rmSync(join(folder, name), { recursive: true })
  }
  const cacheComponents = cell.variant?.startsWith("cache-components") ?? false
  copyFixture(folder, { cacheComponents, middleware: cell.middleware })
  // Forms of other libraries, which are tested elsewhere.
  rmSync(join(folder, "app/(site)/beside"), { recursive: true })
  if (cell.variant === "i18n") addLocales(folder)
  if (cell.bundler === "webpack") allowNoClient(folder)
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig, null, 2))
  const env = {
    ...environments[cell.variant],
    ...(cell.variant === "cache-components-only" &&
      cell.next?.startsWith("16.0.") && { FIXTURE_PARTIAL_PREFETCHING: "unset" }),
    FIXTURE_ROOT: folder,
    ...(cell.mode === "standalone" && { FIXTURE_OUTPUT: "standalone" }),
    NEXT_TELEMETRY_DISABLED: "1",
    SESSION_SECRET: crypto.randomUUID() + crypto.randomUUID(),
  }
  return { env, basePath: env.FIXTURE_BASE_PATH ?? "", javaScriptOnly: cacheComponents }
}

/** webpack warns of every optional package that is not installed. As docs/adding.md says, it is told to expect it. */
function allowNoClient(folder) {
  renameSync(join(folder, "next.config.mjs"), join(folder, "app.config.mjs"))
  writeFileSync(
    join(folder, "next.config.mjs"),
    `import config from "./app.config.mjs"

export default {
  ...config,
  webpack(webpack) {
    webpack.ignoreWarnings = [...(webpack.ignoreWarnings ?? []), { message: /Can't resolve '(@upstash\\/)?redis'/ }]
    return webpack
  },
}
`,
  )
}

/** What create-next-app writes, but for ES2022, which the fixture is written in. */
const tsconfig = {
  compilerOptions: {
    target: "ES2022",
    lib: ["dom", "dom.iterable", "esnext"],
    allowJs: true,
    skipLibCheck: true,
    strict: true,
    noEmit: true,
    esModuleInterop: true,
    module: "esnext",
    moduleResolution: "bundler",
    resolveJsonModule: true,
    isolatedModules: true,
    jsx: "react-jsx",
    incremental: true,
    plugins: [{ name: "next" }],
    paths: { "@/*": ["./*"] },
  },
  include: ["next-env.d.ts", "**/*.ts", "**/*.tsx", ".next/types/**/*.ts", ".next/dev/types/**/*.ts"],
  exclude: ["node_modules"],
}
