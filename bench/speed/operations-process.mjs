import { importKit } from "./kit.mjs"
import { growthOperations } from "./sections/growth-operations.mjs"
import { hostile } from "./sections/hostile.mjs"
import { operations } from "./sections/operations.mjs"
import { postgresOperations } from "./sections/postgres-operations.mjs"
import { redisOperations } from "./sections/redis-operations.mjs"

/** Operations are measured in a process that does nothing else. */
const kit = await importKit()
const sections = { operations, redisOperations, postgresOperations, growthOperations, hostile }

process.on("message", async ({ call, section, options }) => {
  try {
    process.send({ call, result: await sections[section](kit, options) })
  } catch (error) {
    process.send({ call, error: String(error.stack ?? error) })
  }
})
process.once("disconnect", () => process.exit())
