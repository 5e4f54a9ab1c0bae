import { median } from "../stats.mjs"
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
    const { once, twice, theirs } = await measure(each, timing)
    const isTold = isJudged && twice >= noise
    rows.push({
      kind,
      name,
      sizes,
      once,
      twice,
      isTold,
      isFine: !isTold || twice <= once * TOLERANCE,
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
  for (const each of all) each.times = await timesFor(each, milliseconds)
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const each of round % 2 === 0 ? all : all.toReversed()) {
      const microseconds = await perRun(each, each.times)
      if (round >= 0) each.took.push(microseconds)
    }
  }
  return Object.fromEntries(Object.entries(cases).map(([name, { took }]) => [name, median(took)]))
}

async function timesFor(each, milliseconds) {
  for (let times = 1; ; times *= 2) {
    const microseconds = await perRun(each, times)
    if (microseconds * times > milliseconds * 250)
      return Math.max(1, Math.ceil((milliseconds * 1000) / microseconds))
  }
}

/** Microseconds of processor, the thread pool's included. */
async function perRun({ prepare, operation }, times) {
  const inputs = Array.from({ length: times }, prepare)
  const before = process.cpuUsage()
  for (const input of inputs) await operation(input)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / times
}
