import { openDriver } from "./drivers/index.mjs"
import { scenarios } from "./scenarios/index.mjs"

/** One of the processes the clients run in: it is told which step of a scenario to do, and answers. */
const opened = openDriver(JSON.parse(process.env.DRIVER))

process.on("message", async ({ call, scenario, step, args }) => {
  try {
    const result = await scenarios[scenario].steps[step](await opened, args)
    process.send({ call, result })
  } catch (error) {
    process.send({ call, error: String(error.stack ?? error) })
  }
})
process.once("disconnect", () => process.exit())
