import { atOnce, ownPart, range, sum, untilAnswered } from "./helpers.mjs"

/**
 * Many clients add to one number. Each addition counts once: those acknowledged must be in it, and
 * those without an answer may be, but not twice.
 */
export async function run({ driver, clients, size }) {
  const handle = await untilAnswered(() => driver.start())
  const answers = await clients.each("increments", "add", { handle, ...size })
  const acknowledged = sum(answers.map((answer) => answer.acknowledged))
  const unanswered = sum(answers.map((answer) => answer.unanswered))
  const { count = 0 } = (await untilAnswered(() => driver.read(handle))) ?? {}
  return {
    increments: size.clients * size.operations,
    unanswered,
    count,
    lost: Math.max(0, acknowledged - count),
    doubled: Math.max(0, count - acknowledged - unanswered),
  }
}

export const steps = {
  async add(driver, { handle, clients, operations, ...share }) {
    const result = { acknowledged: 0, unanswered: 0 }
    await atOnce(ownPart(range(clients), share).length, async () => {
      for (const _ of range(operations)) {
        // Not repeated here: an increment without an answer may have been carried out.
        const outcome = await driver.increment(handle, "count").catch(() => "unanswered")
        if (outcome === "ok") result.acknowledged += 1
        if (outcome === "unanswered") result.unanswered += 1
      }
    })
    return result
  },
}
