import { parseArgs } from "node:util"
import { z } from "zod"
import { buildLibrary } from "./build.mjs"
import { cookieReader, importKit } from "./speed/kit.mjs"
import { median } from "./speed/stats.mjs"

/**
 * `npm run bench:hostile`: what it costs to be sent the worst forms, of half a megabyte and of a whole one.
 * Measured is the kit's part, in milliseconds of processor time: from the FormData to the cookie that gives
 * gives back what was typed. What parsing the body into a FormData costs stands beside it. `--quick` sends
 * short ones once, to see that all of it runs, and judges nothing.
 */

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false } } })

const ROUNDS = options.quick ? 1 : 9
const WARM_UP = options.quick ? 0 : 2

/** Below that, in milliseconds, two figures tell nothing about each other. */
const NOISE = options.quick ? Infinity : 4

/** Twice, and what a machine that does other things adds. */
const TOLERANCE = 2.5

buildLibrary()
const kit = await importKit()
const config = kit.resolveConfig({ store: kit.cookieStore({ secret: "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa" }) })

const schema = z.object({
  title: z.string().min(1, "Give it a title"),
  a: z.array(z.string().min(2, "Too short")).optional(),
  rows: z.array(z.array(z.string())).optional(),
})

const times = (count, field) => Array.from({ length: Math.floor(count) }, (_, at) => field(at))

/** Fields of about so many bytes; the last five stay below the limits, so that all of it is looked at. */
const shapes = {
  "equal names": (bytes) => times(bytes / 3, () => ["a", ""]),
  "distinct names": (bytes) => times(bytes / 9, (at) => [`f${at}`, ""]),
  "one long name": (bytes) => [["n".repeat(bytes), "x"]],
  "one name of digits": (bytes) => [[`${"1".repeat(bytes)}x`, "x"]],
  "one deep name": (bytes) => [[`a${".b".repeat(bytes / 2)}`, "x"]],
  "names of 40,000 digits": (bytes) => times(bytes / 40_000, (at) => [`${"1".repeat(40_000)}x${at}`, "x"]),
  "secret names": (bytes) => times(bytes / 12, (at) => [`password${at}`, ""]),
  "one huge value": (bytes) => [["a", "x".repeat(bytes)]],
  quotes: (bytes) => [["a", '"'.repeat(bytes)]],
  emoji: (bytes) => [["a", "🍪".repeat(bytes / 4)]],
  "values of 1 KB": (bytes) => times(bytes / 1100, (at) => [`field${at}`, '"é'.repeat(500)]),
  "1,000 equal names": (bytes) => times(bytes / 1049, () => ["a[]", "x"]),
  "1,000 long names": (bytes) =>
    times(bytes / 1049, (at) => [`${at}${"aB1.".repeat(50)}`.slice(0, 200), "x"]),
  "1,000 ligatures": (bytes) => times(bytes / 1049, (at) => [`${at}${"ﷺ".repeat(200)}`.slice(0, 200), "x"]),
  "1,000 deep names": (bytes) => times(bytes / 1049, (at) => [`a${at}${".b[0]".repeat(5)}`, "x"]),
  "1,000 empty places": (bytes) => times(bytes / 1049, (at) => [`rows[${Math.floor(at / 100)}][${at}]`, ""]),
}

function formOf(fields) {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}

/** A schema that finds fault with everything. */
function complaining(count) {
  const issues = times(count, (at) => ({
    message: `Number ${at} is wrong`,
    path: ["items", at % 999, "name"],
  }))
  return { "~standard": { version: 1, vendor: "bench", validate: () => ({ issues }) } }
}

async function sendBack(form, asked) {
  const signal = await kit.validateInput(asked, form, {}).then(
    () => undefined,
    (thrown) => thrown,
  )
  if (signal?.feedback === undefined) throw signal ?? new Error("the form was accepted")
  const cookies = kit.readRequestCookies(cookieReader({}), false, config)
  const actor = await kit.openSession(config, cookies, [], () => {})
  actor.flashForm(signal.feedback)
  await kit.commitSession(config, actor, cookies, {
    outcome: { kind: "redirect", to: "/form" },
    from: "/form",
    cookies: { reach: "browser" },
  })
}

async function parse(fields) {
  const body = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()
  const headers = { "content-type": "application/x-www-form-urlencoded" }
  const { milliseconds } = await processorTime(() => new Response(body, { headers }).formData())
  return milliseconds
}

async function processorTime(run) {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return { milliseconds: (user + system) / 1000 }
}

async function measure(form, asked) {
  const figures = []
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const { milliseconds } = await processorTime(() => sendBack(form, asked))
    if (round >= 0) figures.push(milliseconds)
  }
  return median(figures)
}

const HALF = options.quick ? 2048 : 524_288
const cases = [
  ...Object.entries(shapes).map(([name, fields]) => ({
    name,
    half: () => [formOf(fields(HALF)), schema],
    whole: () => [formOf(fields(2 * HALF)), schema],
    parsed: () => parse(fields(2 * HALF)),
  })),
  {
    name: "20,000 issues of a schema",
    half: () => [formOf([["title", "x"]]), complaining(10_000)],
    whole: () => [formOf([["title", "x"]]), complaining(20_000)],
    parsed: () => 0,
  },
]

console.log("| form | ½ MB, ms | 1 MB, ms | doubled input | parsing 1 MB, ms |\n|---|---|---|---|---|")
let isLinear = true
for (const { name, half, whole, parsed } of cases) {
  const [one, two] = [await measure(...half()), await measure(...whole())]
  const isFine = two < NOISE || two <= one * TOLERANCE
  isLinear &&= isFine
  const verdict =
    two < NOISE ? "too little to tell" : `× ${(two / one).toFixed(1)}${isFine ? "" : ", MORE THAN TWICE"}`
  console.log(
    `| ${name} | ${one.toFixed(1)} | ${two.toFixed(1)} | ${verdict} | ${Math.round(await parsed())} |`,
  )
}
const verdict = isLinear ? "No form costs more than twice as much when it is twice as long." : "NOT LINEAR"
console.log(options.quick ? "" : `\n${verdict}`)
process.exitCode = isLinear ? 0 : 1
