import { atOnce, ownPart, range, sum, untilAnswered } from "./helpers.mjs"

/** Many clients write to shared sessions, each to keys of its own: all of it must be there at the end. */
export async function run({ driver, clients, size }) {
  const { sessions, clientsEach, operations } = size
  const handles = await atOnce(sessions, () => untilAnswered(() => driver.start()))
  await clients.each("updates", "write", { handles, clientsEach, operations })

  const contents = await Promise.all(handles.map((handle) => untilAnswered(() => driver.read(handle))))
  const wanted = range(clientsEach).flatMap((client) => range(operations).map((nth) => keyOf(client, nth)))
  const lost = sum(contents.map((data = {}) => wanted.filter((key) => data[key] !== key).length))
  return { updates: sessions * wanted.length, lost }
}

export const steps = {
  /** A client repeats an update until it is answered. */
  async write(driver, { handles, clientsEach, operations, ...share }) {
    const pairs = handles.flatMap((handle) => range(clientsEach).map((client) => ({ handle, client })))
    const writing = ownPart(pairs, share).map(async ({ handle, client }) => {
      for (const key of range(operations).map((nth) => keyOf(client, nth))) {
        await untilAnswered(() => driver.put(handle, key, key))
      }
    })
    await Promise.all(writing)
  },
}

function keyOf(client, nth) {
  return `client${client}-${nth}`
}
