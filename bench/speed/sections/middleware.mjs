import { personData } from "../data.mjs"
import { only } from "../load.mjs"
import { startApp } from "../server.mjs"
import { interleave, median, medianRatio } from "../stats.mjs"
import { ourCookies, requestsOf } from "../people.mjs"
import { SECRET } from "../secrets.mjs"

/** By the file that it stands in: middleware.ts runs on the Edge runtime, proxy.ts on Node. */
const cases = [
  { name: "none", app: "none" },
  { name: "an empty proxy.ts", app: "emptyProxy" },
  { name: "ours, proxy.ts", app: "oursProxy", empty: "an empty proxy.ts" },
  { name: "an empty middleware.ts", app: "empty" },
  { name: "ours, middleware.ts", app: "ours", empty: "an empty middleware.ts" },
]

/** What middleware adds to a page for which no message waits: builds that differ in nothing else. */
export async function middlewareSection({ kit, load, sizes, log }) {
  const { rounds, milliseconds, alone } = sizes.middleware
  log("pages per second with no, an empty, and our middleware")
  const [cookie] = await ourCookies(kit, kit.cookieStore({ secret: SECRET }), 1)
  const [request] = requestsOf("session", [cookie])
  await load.give("middleware", [{ ...request, shows: personData(0).email }])
  const apps = await Promise.all(cases.map(({ app }) => startApp(app)))
  const loads = (...how) =>
    Object.fromEntries(
      cases.map(({ name }, at) => [name, load.page(apps[at], "/floor", "middleware", ...how)]),
    )
  try {
    const collected = await interleave(loads(milliseconds), rounds)
    const perSecond = only("perSecond", collected)
    const cpu = only("cpu", collected)
    const inTurn = only("perSecond", await interleave(loads(1, 1), alone))
    return cases.map(({ name, empty }) => ({
      name,
      empty,
      perSecond: median(perSecond[name]),
      toNone: medianRatio(perSecond[name], perSecond.none),
      cpuMilliseconds: median(cpu[name]) * 1000,
      cpuToNone: medianRatio(cpu[name], cpu.none),
      ...(empty && {
        toEmpty: medianRatio(perSecond[name], perSecond[empty]),
        aloneToEmpty: medianRatio(inTurn[name], inTurn[empty]),
        cpuToEmpty: medianRatio(cpu[name], cpu[empty]),
      }),
    }))
  } finally {
    await Promise.all(apps.map((app) => app.stop()))
  }
}
