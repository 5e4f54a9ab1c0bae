import { atOnce, ownPart, range, sum, untilAnswered } from "./helpers.mjs"

/** Many clients write to shared sessions, each to keys of its own: what was acknowledged must be there. */
export async function run({ driver, clients, size }) {
  const { sessions, clientsEach, operations } = size
  const handles = await atOnce(sessions, () => untilAnswered(() => driver.start()))
  const unanswered = sum(await clients.each("updates", "write", { handles, clientsEach, operations }))

  const contents = await Promise.all(handles.map((handle) => untilAnswered(() => driver.read(handle))))
  const wanted = range(clientsEach).flatMap((client) => range(operations).map((nth) => keyOf(client, nth)))
  const missing = sum(contents.map((data = {}) => wanted.filter((key) => data[key] !== key).length))
  return { updates: sessions * wanted.length, unanswered, lost: Math.max(0, missing - unanswered) }
}

export const steps = {
  /** A client repeats an update until it is answered. Returns how many never were. */
  async write(driver, { handles, clientsEach, operations, ...share }) {
    const pairs = handles.flatMap((handle) => range(clientsEach).map((client) => ({ handle, client })))
    let unanswered = 0
    const writing = ownPart(pairs, share).map(async ({ handle, client }) => {
      for (const key of range(operations).map((nth) => keyOf(client, nth))) {
        await untilAnswered(() => driver.put(handle, key, key)).catch(() => (unanswered += 1))
      }
    })
    await Promise.all(writing)
    return unanswered
  },
}

function keyOf(client, nth) {
  return `client${client}-${nth}`
}
