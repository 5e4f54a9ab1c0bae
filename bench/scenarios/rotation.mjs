import { atOnce, ownPart, range, sum, untilAnswered } from "./helpers.mjs"

/**
 * A session gets a new id while others write to it. What was acknowledged must be there under the
 * last id, and every earlier id must be dead. Who was refused writes again under the newest one.
 */
export async function run({ driver, clients, size }) {
  const results = await atOnce(size.sessions, () => rotate({ driver, clients, size }))
  const total = (name) => sum(results.map((result) => result[name]))
  return {
    writes: size.sessions * size.rounds * size.writers,
    acknowledged: total("acknowledged"),
    refusedFirst: total("refusedFirst"),
    missing: total("missing"),
    oldIdsAlive: total("oldIdsAlive"),
  }
}

async function rotate({ driver, clients, size: { rounds, writers } }) {
  const acknowledged = []
  const old = []
  let refusedFirst = 0
  let handle = await untilAnswered(() => driver.start())

  for (const round of range(rounds)) {
    const keys = range(writers).map((writer) => `round${round}-writer${writer}`)
    const [answers, next] = await Promise.all([
      clients.each("rotation", "write", { handle, keys }),
      driver.rotate(handle),
    ])
    old.push(handle)
    handle = next
    const refused = answers.flatMap((answer) => answer.refused)
    const again = await clients.each("rotation", "write", { handle, keys: refused })
    refusedFirst += refused.length
    acknowledged.push(...[...answers, ...again].flatMap((answer) => answer.acknowledged))
  }

  const data = (await driver.read(handle)) ?? {}
  const contentsOfOld = await Promise.all(old.map((handleBefore) => driver.read(handleBefore)))
  return {
    acknowledged: acknowledged.length,
    refusedFirst,
    missing: acknowledged.filter((key) => data[key] !== key).length,
    oldIdsAlive: contentsOfOld.filter((content) => content !== undefined).length,
  }
}

export const steps = {
  async write(driver, { handle, keys, ...share }) {
    const result = { acknowledged: [], refused: [] }
    const writing = ownPart(keys, share).map(async (key) => {
      const outcome = await driver.put(handle, key, key).catch(() => "unanswered")
      result[outcome === "ok" ? "acknowledged" : "refused"].push(key)
    })
    await Promise.all(writing)
    return result
  },
}
