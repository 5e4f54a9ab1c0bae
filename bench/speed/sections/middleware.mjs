import { personData } from "../data.mjs"
import { only } from "../load.mjs"
import { startApp } from "../server.mjs"
import { interleave, median, medianRatio } from "../stats.mjs"
import { ourCookies, requestsOf } from "../people.mjs"
import { SECRET } from "../secrets.mjs"

/** What middleware adds to a page for which no message waits: three builds that differ in nothing else. */
export async function middlewareSection({ kit, load, sizes, log }) {
  const { rounds, milliseconds, alone } = sizes.middleware
  log("pages per second with no, an empty, and our middleware")
  const [cookie] = await ourCookies(kit, kit.cookieStore({ secret: SECRET }), 1)
  const [request] = requestsOf("session", [cookie])
  await load.give("middleware", [{ ...request, shows: personData(0).email }])
  const names = ["none", "empty", "ours"]
  const started = await Promise.all(names.map((name) => startApp(name)))
  try {
    const cases = names.map((name, at) => [
      name,
      load.page(started[at], "/floor", "middleware", milliseconds),
    ])
    const collected = await interleave(Object.fromEntries(cases), rounds)
    const emptyAndOurs = ["empty", "ours"].map((name) => [
      name,
      load.page(started[names.indexOf(name)], "/floor", "middleware", 1, 1),
    ])
    const inTurn = only("perSecond", await interleave(Object.fromEntries(emptyAndOurs), alone))
    const perSecond = only("perSecond", collected)
    const cpu = only("cpu", collected)
    return names.map((name) => ({
      name,
      perSecond: median(perSecond[name]),
      toNone: medianRatio(perSecond[name], perSecond.none),
      toEmpty: medianRatio(perSecond[name], perSecond.empty),
      aloneToEmpty: name === "none" ? undefined : medianRatio(inTurn[name], inTurn.empty),
      cpuMilliseconds: median(cpu[name]) * 1000,
      cpuToNone: medianRatio(cpu[name], cpu.none),
      cpuToEmpty: medianRatio(cpu[name], cpu.empty),
    }))
  } finally {
    await Promise.all(started.map((app) => app.stop()))
  }
}
