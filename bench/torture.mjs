import { writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { buildApp, buildLibrary } from "./build.mjs"
import { runSubject } from "./run-subject.mjs"
import { startServices } from "./services.mjs"
import { full, short } from "./sizes.mjs"
import { subjects } from "./subjects.mjs"
import { table } from "./table.mjs"
import { brokenPromises } from "./verdict.mjs"

const { values: options } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    short: { type: "boolean", default: false },
    only: { type: "string" },
    subject: { type: "string" },
  },
})

/** What a whole run came to, for who does not run it. */
const page = (rows) => `# Under load and faults

Written by \`npm run torture\`: two app servers, clients that write to the same sessions at once, and a connection that
loses answers. "store" asks the store itself, "http" a production build of Next, or Express, by requests.

${table(rows)}
`

/** `npm run torture`: puts the stores of the kit, and what people use instead, under the same load. */
async function torture() {
  if (![undefined, "store", "http"].includes(options.only)) throw new Error('--only is "store" or "http"')
  const chosen = subjects.filter(
    ({ level, name, onlyInFull }) =>
      level === (options.only ?? level) &&
      name.includes(options.subject ?? "") &&
      !(onlyInFull && options.short),
  )
  buildLibrary()
  if (chosen.some(({ level }) => level === "http")) buildApp()

  const sizes = options.short ? short : full
  const services = await startServices()
  const rows = []
  try {
    for (const subject of chosen) {
      const results = await runSubject(subject, services, sizes, console.error)
      const seconds = Object.values(results).reduce((total, result) => total + result.seconds, 0)
      const { name, level, isOurs = false } = subject
      rows.push({ name, level, isOurs, ...results, seconds: Math.round(seconds) })
    }
  } finally {
    await services.stop()
  }

  const broken = rows
    .filter(({ isOurs }) => isOurs)
    .flatMap((row) => brokenPromises(row).map((promise) => `${row.level}, ${row.name}: ${promise}`))
  if (options.json) console.log(JSON.stringify({ short: options.short, rows, broken }, undefined, 2))
  else console.log(`\n${table(rows)}\n`)
  const isWhole = !options.short && options.only === undefined && options.subject === undefined
  if (isWhole) writeFileSync(new URL("torture.md", import.meta.url), page(rows))
  for (const line of broken) console.error(`Broken: ${line}`)
  process.exitCode = broken.length === 0 ? 0 : 1
}

torture()
  .then(() => process.exit())
  .catch((error) => {
    console.error(error)
    // Not left to the event loop: a child that still runs would keep it busy.
    process.exit(1)
  })
