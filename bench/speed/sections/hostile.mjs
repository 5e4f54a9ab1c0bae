import { median, medianRatio } from "../stats.mjs"
import { hostileCookies, hostileTokens } from "./hostile-cookies.mjs"
import { hostileForms } from "./hostile-forms.mjs"

/** Twice, and what a machine that does other things adds. */
const TOLERANCE = 2.5

/**
 * What it costs to be sent the worst, and twice as much of it. Measured is the kit's part, in microseconds of
 * processor time; what Next does before it stands beside it.
 *
 * @param isJudged when not, all of it runs once, to see that it does
 */
export async function hostile(kit, { isJudged, bytes, ...timing }) {
  const rows = []
  for (const each of [...hostileForms(kit, 2 * bytes), ...hostileCookies(kit), ...hostileTokens(kit)]) {
    const { kind, name, sizes, noise } = each
    const { once, twice, times, theirs } = await measure(each, timing)
    const isTold = isJudged && twice >= noise
    rows.push({
      kind,
      name,
      sizes,
      once,
      twice,
      times,
      isTold,
      isFine: !isTold || times <= TOLERANCE,
      theirs,
    })
  }
  return rows
}

/** In turn, each as often as gives the clock something to measure. */
async function measure({ input, run, isUsedUp, theirs }, { rounds, warmUp, milliseconds }) {
  const sent = (share) => {
    const made = input(share)
    return { prepare: isUsedUp ? () => input(share) : () => made, operation: run(share), took: [] }
  }
  const cases = { once: sent(0.5), twice: sent(1) }
  if (theirs !== undefined) cases.theirs = { prepare() {}, operation: theirs(), took: [] }
  const all = Object.values(cases)
  for (const each of all) each.repeats = await repeatsFor(each, milliseconds)
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const each of round % 2 === 0 ? all : all.toReversed()) {
      const microseconds = await perRun(each, each.repeats)
      if (round >= 0) each.took.push(microseconds)
    }
  }
  const medians = Object.entries(cases).map(([name, { took }]) => [name, median(took)])
  return { ...Object.fromEntries(medians), times: medianRatio(cases.twice.took, cases.once.took) }
}

async function repeatsFor(each, milliseconds) {
  for (let repeats = 1; ; repeats *= 2) {
    const microseconds = await perRun(each, repeats)
    if (microseconds * repeats > milliseconds * 250)
      return Math.max(1, Math.ceil((milliseconds * 1000) / microseconds))
  }
}

/** Microseconds of processor, the thread pool's included. */
async function perRun({ prepare, operation }, repeats) {
  const inputs = Array.from({ length: repeats }, prepare)
  const before = process.cpuUsage()
  for (const input of inputs) await operation(input)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / repeats
}
