import * as increments from "./increments.mjs"
import * as updates from "./updates.mjs"

/**
 * Commands are carried out and their answers never arrive, so that clients repeat them. Nothing may
 * be lost by that, and nothing counted twice.
 */
export async function run({ driver, clients, services, size }) {
  const before = await services.requests()
  await services.setFaults(dropEvery(size.dropEvery))
  const [updated, incremented] = await Promise.all([
    updates.run({ driver, clients, size: size.updates }),
    increments.run({ driver, clients, size: size.increments }),
  ])
  await services.clearFaults()
  const answersLost = Math.ceil(((await services.requests()) - before) / size.dropEvery)
  const { updates: count, unanswered, lost } = updated
  return { answersLost, updates: count, updatesUnanswered: unanswered, updatesLost: lost, ...incremented }
}

/** No steps of its own. */
export const steps = {}

/** A fault counts only the requests that no fault before it took: each comes `interval` after the last. */
function dropEvery(interval) {
  return Array.from({ length: 500 }, (_, nth) => ({
    kind: "drop-after",
    times: 1,
    skip: nth * (interval - 1),
  }))
}
