import { parseArgs } from "node:util"

import { buildLibrary } from "../build.mjs"
import { startServices } from "../services.mjs"
import { buildApps } from "./apps.mjs"
import { startHelper } from "./ask.mjs"
import { importKit } from "./kit.mjs"
import { startLoad } from "./load.mjs"
import { machine } from "./machine.mjs"
import { markdown, writeResults } from "./report.mjs"
import { flowSection } from "./sections/flow.mjs"
import { middlewareSection } from "./sections/middleware.mjs"
import { pagesSection } from "./sections/pages.mjs"
import { redisPathsSection } from "./sections/redis-paths.mjs"
import { full, quick } from "./sizes.mjs"
import { targets } from "./targets.mjs"

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
  },
})
const log = (line) => console.error(line)
const sizes = options.quick ? quick : full

/** `npm run bench`: the kit's speed, next to what people use instead. */
async function bench() {
  const started = performance.now()
  buildLibrary()
  buildApps(log)
  const results = await measure()
  results.machine = machine()
  results.minutes = Math.round((performance.now() - started) / 6000) / 10
  if (options.only === undefined) results.targets = targets(results)
  if (options.json || options.only !== undefined) return console.log(JSON.stringify(results, undefined, 2))
  console.log(`\n${markdown(results)}`)
  if (!options.quick) writeResults(results)
}

async function measure() {
  const services = await startServices()
  const load = startLoad(sizes.connections)
  const helper = startHelper("operations-process.mjs", { NODE_ENV: "production" })
  const redis = { url: services.url, token: services.token, redisUrl: services.redisUrl }
  const inHelper = (section, settings) => () => {
    log(section)
    return helper.ask({ section, options: { ...settings, ...redis } }, 400_000)
  }
  try {
    const context = { kit: await importKit(), load, services, sizes, log }
    const sections = {
      pages: () => pagesSection(context),
      middleware: () => middlewareSection(context),
      operations: inHelper("operations", sizes.operations),
      redisOperations: inHelper("redisOperations", sizes.redis),
      redisPaths: () => redisPathsSection(context),
      growth: inHelper("growthOperations", sizes.growth),
      flow: () => flowSection(context),
    }
    const results = {}
    for (const [name, run] of Object.entries(sections)) {
      if (options.only === undefined || options.only.split(",").includes(name)) results[name] = await run()
    }
    return results
  } finally {
    await Promise.allSettled([helper.stop(), load.stop(), services.stop()])
  }
}

bench().catch((error) => {
  console.error(error)
  // Not left to the event loop: a child that still runs would keep it busy.
  process.exit(1)
})
