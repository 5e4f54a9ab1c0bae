import { parseArgs } from "node:util"

import { buildLibrary } from "../build.mjs"
import { buildApps } from "./apps.mjs"
import { startHelper } from "./ask.mjs"
import { importKit } from "./kit.mjs"
import { startLoad } from "./load.mjs"
import { machine } from "./machine.mjs"
import { markdown, writeResults } from "./report.mjs"
import { flowSection } from "./sections/flow.mjs"
import { middlewareSection } from "./sections/middleware.mjs"
import { pagesSection } from "./sections/pages.mjs"
import { pathsSection } from "./sections/paths.mjs"
import { startWanted } from "./servers.mjs"
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

/** What is measured, and what has to be built and started for it. */
const sections = {
  pages: { apps: ["none", "stores"], servers: ["redis", "postgres"], run: pagesSection },
  middleware: { apps: ["none", "empty", "ours", "emptyProxy", "oursProxy"], run: middlewareSection },
  operations: { run: inHelper("operations", sizes.operations) },
  redisOperations: { servers: ["redis"], run: inHelper("redisOperations", sizes.redis) },
  postgresOperations: { servers: ["postgres"], run: inHelper("postgresOperations", sizes.redis) },
  paths: { apps: ["stores"], servers: ["redis", "postgres"], run: pathsSection },
  growth: { servers: ["redis"], run: inHelper("growthOperations", sizes.growth) },
  hostile: { run: inHelper("hostile", sizes.hostile) },
  flow: { apps: ["none", "ours", "hand"], run: flowSection },
}

/** Operations are measured in a process that does nothing else. */
function inHelper(section, settings) {
  return ({ helper, services }) => {
    log(section)
    return helper.ask({ section, options: { ...settings, ...services.addresses } }, 400_000)
  }
}

/** `npm run bench`: the kit's speed, next to what people use instead. `--only` names sections, with commas. */
async function bench() {
  const started = performance.now()
  const chosen = chooseSections()
  buildLibrary()
  buildApps(wantedBy(chosen, "apps"), log)
  const results = await measure(chosen)
  results.machine = machine()
  results.minutes = Math.round((performance.now() - started) / 6000) / 10
  results.targets = targets(results)
  console.log(options.json ? JSON.stringify(results, undefined, 2) : `\n${markdown(results)}`)
  // Short ones judge nothing.
  if (options.quick) return
  if (options.only === undefined) writeResults(results)
  if (results.targets.some(({ kept }) => !kept)) process.exitCode = 1
}

function chooseSections() {
  if (options.only === undefined) return Object.entries(sections)
  return options.only.split(",").map((name) => {
    if (!Object.hasOwn(sections, name))
      throw new Error(`There is no section ${name}. There are: ${Object.keys(sections).join(", ")}`)
    return [name, sections[name]]
  })
}

function wantedBy(chosen, kind) {
  return [...new Set(chosen.flatMap(([, section]) => section[kind] ?? []))]
}

async function measure(chosen) {
  const services = await startWanted(wantedBy(chosen, "servers"))
  const load = startLoad(sizes.connections)
  const helper = startHelper("operations-process.mjs", { NODE_ENV: "production" })
  try {
    const context = { kit: await importKit(), load, helper, services, sizes, log }
    const results = {}
    for (const [name, { run }] of chosen) results[name] = await run(context)
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
