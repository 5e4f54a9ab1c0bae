import { startClients } from "./clients.mjs"
import { openDriver } from "./drivers/index.mjs"
import { scenarios } from "./scenarios/index.mjs"

/** Puts one subject through all scenarios. */
export async function runSubject(subject, services, sizes, log) {
  const names = Object.keys(scenarios).filter((name) => !subject.without?.includes(name))
  if (!subject.leavesRetriesToClient) return runScenarios(names)
  // Where answers are lost on purpose, a client without retries would merely fail.
  return {
    ...(await runScenarios(names.filter((name) => name !== "lostAnswers"))),
    ...(await runScenarios(["lostAnswers"], { retries: true })),
  }

  async function runScenarios(chosen, options = { retries: false }) {
    const target = await subject.start(services, options)
    const clients = startClients(target.driver)
    let driver
    try {
      driver = await openDriver(target.driver)
      await warmUp(driver, clients)
      const results = {}
      for (const name of chosen) {
        const started = performance.now()
        const result = await scenarios[name].run({
          driver,
          clients,
          services: target.services ?? services,
          size: sizes[name],
        })
        const seconds = Math.round((performance.now() - started) / 100) / 10
        log(`${subject.level}, ${subject.name}: ${name} ${JSON.stringify({ ...result, seconds })}`)
        results[name] = { ...result, seconds }
      }
      return results
    } finally {
      driver?.close?.()
      await clients.stop()
      await target.stop()
    }
  }
}

/** Whatever is loaded at first use is loaded now, in each process. */
async function warmUp(driver, clients) {
  const handle = await driver.start()
  await clients.each("updates", "write", { handles: [handle], clientsEach: 8, operations: 2 })
  const flashed = await driver.flash(handle, "warm")
  await clients.each("flash", "take", { handle: flashed, text: "warm", takers: 8 })
}
