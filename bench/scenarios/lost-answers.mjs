import * as increments from "./increments.mjs"
import * as updates from "./updates.mjs"

/**
 * Commands are carried out and their answers never arrive, so that clients repeat them. Nothing may
 * be lost by that, and nothing counted twice.
 */
export async function run({ driver, clients, services, size }) {
  const stopLosing = await services.loseAnswers(size.dropEvery)
  const [updated, incremented] = await Promise.all([
    updates.run({ driver, clients, size: size.updates }),
    increments.run({ driver, clients, size: size.increments }),
  ])
  const answersLost = await stopLosing()
  const { updates: count, unanswered, lost } = updated
  return { answersLost, updates: count, updatesUnanswered: unanswered, updatesLost: lost, ...incremented }
}

/** No steps of its own. */
export const steps = {}
