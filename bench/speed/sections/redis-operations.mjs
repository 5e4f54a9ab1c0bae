import { Redis } from "@upstash/redis"
import { createClient } from "redis"
import { changeOf, compare } from "../compare.mjs"
import { personData } from "../data.mjs"
import { metaNow } from "../kit.mjs"

/** One load and one commit of the Redis store, each against bare clients sending the same EVALSHA. */
export async function redisOperations(kit, { url, token, redisUrl, pairs }) {
  const rest = new Redis({ url, token, automaticDeserialization: false, enableAutoPipelining: false })
  // The second has no signal and no timer per command, as ours has not.
  const [tcp, untimed, own] = [{}, { commandOptions: { timeout: 0 } }, {}].map((options) =>
    createClient({ url: redisUrl, ...options }),
  )
  await Promise.all([tcp, untimed, own].map((client) => client.connect()))
  try {
    const id = kit.randomSessionId()
    const session = { id, commands: await commandsOf(kit, id, (command) => rest.exec(command)), pairs }
    const bareTcp = {
      "the bare client": (command) => tcp.sendCommand(command),
      "one without its timeout": (command) => untimed.sendCommand(command),
    }
    return [
      ...(await measure(kit, session, "REST", kit.redisStore({ url, token }), {
        "the bare client": (command) => rest.exec(command),
      })),
      ...(await measure(kit, session, "TCP", kit.redisStore({ url: redisUrl }), bareTcp)),
      ...(await measure(kit, session, "TCP, the app's own client", kit.redisStore({ client: own }), bareTcp)),
    ]
  } finally {
    for (const client of [tcp, untimed, own]) client.destroy()
  }
}

/** What the store sends to load and to commit, by a session of this id, which it makes. */
async function commandsOf(kit, id, bare) {
  const sent = []
  const send = (command) => {
    sent.push([...command])
    return bare([...command]).catch((error) => {
      throw new kit.RedisReplyError(error.message)
    })
  }
  const store = kit.openStore(kit.redisStore({ send }))
  await store.save(id, personData(0), {}, metaNow())
  // The second time, so that it is sent by its hash.
  for (let time = 0; time < 2; time += 1) await store.take(id, [], () => {})
  const load = sent.at(-1)
  for (let time = 0; time < 2; time += 1) await store.commit(changeOf(id, personData(0), 1, metaNow()))
  return { load, commit: sent.at(-1) }
}

async function measure(kit, { id, commands, pairs }, on, redis, bare) {
  const store = kit.openStore(redis)
  const load = () => store.take(id, [], () => {})
  const commit = (turn) => store.commit(changeOf(id, personData(0), turn, metaNow()))
  // It may send the script's text first, and opens its connection.
  for (let time = 0; time < 2; time += 1) await Promise.all([load(), commit(0)])

  const each = (commandOf) =>
    Object.fromEntries(
      Object.entries(bare).map(([name, send]) => [name, (turn) => send(commandOf(`${on} ${name} ${turn}`))]),
    )
  return [
    await compare(
      { name: "load", on },
      pairs,
      load,
      each(() => commands.load),
    ),
    await compare(
      { name: "commit one key", on },
      pairs,
      commit,
      each((nonce) => again(commands.commit, nonce)),
    ),
  ]
}

/**
 * A commit repeated under the same nonce would only be answered. EVALSHA hash 3 from to answer …; what finds the
 * machine of a cluster stays, and so does the length, which is that of a random UUID.
 */
function again(command, nonce) {
  const [tag] = /^session:answer:\{[^}]+\}/.exec(command[5])
  return command.with(5, tag + nonce.replaceAll(/\W/g, "").slice(-36).padStart(36, "-"))
}
