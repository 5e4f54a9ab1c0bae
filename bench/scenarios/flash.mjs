import { atOnce, ownPart, range, sum, untilAnswered } from "./helpers.mjs"

/** One message, and many documents at once that want to show it: exactly one of them must. */
export async function run({ driver, clients, size }) {
  const deliveries = []
  for (const nth of range(size.flashes)) {
    const text = `message-${nth}-for-one`
    const handle = await driver.flash(await untilAnswered(() => driver.start()), text)
    deliveries.push(sum(await clients.each("flash", "take", { handle, text, takers: size.takers })))
  }
  return {
    flashes: size.flashes,
    takers: size.takers,
    exactlyOnce: deliveries.filter((count) => count === 1).length,
    never: deliveries.filter((count) => count === 0).length,
    deliveries: sum(deliveries),
  }
}

export const steps = {
  /** How many takers got the message. One without an answer did not. */
  async take(driver, { handle, text, takers, ...share }) {
    const take = () => driver.take(handle, text).catch(() => false)
    const got = await atOnce(ownPart(range(takers), share).length, take)
    return got.filter(Boolean).length
  },
}
