import { median, medianRatio } from "./stats.mjs"

/**
 * Times a store beside bare clients that send the same: in turn, one by one, so that what else goes on in the
 * machine meets all alike.
 *
 * @param ours done once per turn, which it is told
 * @param bare by name, what it is compared with; the first is what people use
 */
export async function compare({ name, on }, turns, ours, bare) {
  const cases = [["ours", ours], ...Object.entries(bare)]
  const took = Object.fromEntries(cases.map(([key]) => [key, []]))
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [key, run] of turn % 2 === 0 ? cases : cases.toReversed()) {
      const started = performance.now()
      await run(turn)
      took[key].push((performance.now() - started) * 1000)
    }
  }
  const against = Object.keys(bare).map((key) => ({
    name: key,
    microseconds: median(took[key]),
    ratio: median(took.ours) / median(took[key]),
    pairRatio: medianRatio(took.ours, took[key]),
  }))
  return { name, on, microseconds: median(took.ours), against }
}

/** What a request changes that puts one key. */
export function changeOf(id, data, value, meta) {
  const changes = { put: { visits: value }, forget: [], add: {}, flash: {}, dropFlash: [] }
  return { from: id, id, wipe: false, data: { ...data, visits: value }, flash: {}, changes, meta }
}
