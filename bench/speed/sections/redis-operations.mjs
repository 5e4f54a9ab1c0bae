import { Redis } from "@upstash/redis"
import { personData } from "../data.mjs"
import { metaNow } from "../kit.mjs"
import { median, medianRatio } from "../stats.mjs"

/** One load and one commit of the Redis store, each against the bare client sending the same EVALSHA. */
export async function redisOperations(kit, { url, token, pairs }) {
  const bare = new Redis({ url, token, automaticDeserialization: false, enableAutoPipelining: false })
  const sent = []
  const send = (command) => {
    sent.push([...command])
    return bare.exec(command).catch((error) => {
      throw new kit.RedisReplyError(error.message)
    })
  }
  const recorder = kit.openStore(kit.redisStore({ send }))
  const store = kit.openStore(kit.redisStore({ url, token }))
  const id = kit.randomSessionId()
  await store.save(id, personData(0), {}, metaNow())
  const load = (from) => from.take(id, [], () => {})
  const commit = (from, value) => from.commit(changeOf(id, value))

  // The second time, so that it is sent by its hash.
  for (const from of [recorder, store, recorder]) await load(from)
  const loadCommand = sent.at(-1)
  for (const from of [recorder, store, recorder]) await commit(from, 1)
  const commitCommand = sent.at(-1)

  return [
    await compare(
      "load",
      pairs,
      () => load(store),
      () => bare.exec(loadCommand),
    ),
    await compare(
      "commit one key",
      pairs,
      (at) => commit(store, at),
      (at) => bare.exec(again(commitCommand, at)),
    ),
  ]
}

function changeOf(id, value) {
  const changes = { put: { visits: value }, forget: [], add: {}, flash: {}, dropFlash: [] }
  return {
    from: id,
    id,
    wipe: false,
    data: { ...personData(0), visits: value },
    flash: {},
    changes,
    meta: metaNow(),
  }
}

/** A commit repeated under the same nonce would only be answered. EVALSHA hash 3 from to answer … */
function again(command, at) {
  return command.with(5, `session:answer:bench-${at}`)
}

/** In turn, one by one: what else goes on in the machine meets both alike. */
async function compare(name, pairs, ours, theirs) {
  const took = { ours: [], theirs: [] }
  const time = async (kind, run, at) => {
    const started = performance.now()
    await run(at)
    took[kind].push((performance.now() - started) * 1000)
  }
  for (let at = 0; at < pairs; at += 1) {
    const both = [() => time("ours", ours, at), () => time("theirs", theirs, at)]
    for (const run of at % 2 === 0 ? both : both.toReversed()) await run()
  }
  return {
    name,
    microseconds: median(took.ours),
    bareMicroseconds: median(took.theirs),
    ratio: median(took.ours) / median(took.theirs),
    pairRatio: medianRatio(took.ours, took.theirs),
  }
}
