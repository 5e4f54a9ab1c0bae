import { randomUUID } from "node:crypto"
import { atMost, atOnce, ownPart, range, untilAnswered } from "./helpers.mjs"

/**
 * Slow requests have read a session, somebody signs out of it, then they write. None may be
 * acknowledged, and the session must stay gone.
 */
export async function run({ driver, clients, size }) {
  const results = await atMost(10, size.sessions, async () => {
    const handle = await untilAnswered(() => driver.start())
    const group = randomUUID()
    await clients.each("signOut", "read", { group, handle, slowRequests: size.slowRequests })
    await untilAnswered(() => driver.signOut(handle))
    const outcomes = (await clients.each("signOut", "write", { group })).flat()
    return { outcomes, isBack: (await driver.read(handle)) !== undefined }
  })
  const outcomes = results.flatMap((result) => result.outcomes)
  return {
    sessions: size.sessions,
    lateWrites: outcomes.length,
    acknowledged: outcomes.filter((outcome) => outcome === "ok").length,
    gone: outcomes.filter((outcome) => outcome === "gone").length,
    resurrected: results.filter(({ isBack }) => isBack).length,
  }
}

/** Slow requests of this process, between their read and their write. */
const waiting = new Map()

export const steps = {
  async read(driver, { group, handle, slowRequests, ...share }) {
    const requests = ownPart(range(slowRequests), share).map((nth) =>
      driver.slowPut(handle, `late-${nth}`, "late"),
    )
    await Promise.all(requests.map(({ loaded }) => loaded))
    waiting.set(group, requests)
  },
  write(_driver, { group }) {
    const requests = waiting.get(group)
    waiting.delete(group)
    return atOnce(requests.length, (nth) => requests[nth].finish().catch(() => "unanswered"))
  },
}
