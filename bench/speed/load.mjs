import { startHelper } from "./ask.mjs"

/** The load generator, and what a server did under it. */
export function startLoad(connections) {
  const helper = startHelper("load-process.mjs")
  const nextOf = new Map()
  return {
    give: (list, cookies) => helper.ask({ list, cookies }),
    /**
     * A case for `interleave`: asks for one path for a while.
     *
     * @param list whose cookies are sent, one after the other, going on where the last round ended
     * @param milliseconds how long new requests are sent; the last ones are waited for
     */
    page:
      (app, path, list, milliseconds, atOnce = connections) =>
      async () => {
        const place = `${app.origin} ${list}`
        const before = app.cpuSeconds()
        const job = { url: app.origin + path, list, first: nextOf.get(place) ?? 0, atOnce, milliseconds }
        const { requests, seconds, next } = await helper.ask({ job })
        nextOf.set(place, next)
        return { perSecond: requests / seconds, cpu: (app.cpuSeconds() - before) / requests }
      },
    stop: () => helper.stop(),
  }
}

/** The figures of one kind, of what `interleave` collected. */
export function only(kind, collected) {
  return Object.fromEntries(
    Object.entries(collected).map(([name, rounds]) => [name, rounds.map((round) => round[kind])]),
  )
}
