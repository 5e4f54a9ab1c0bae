import { createClient } from "redis"
import { changeOf } from "../compare.mjs"
import { dataOfBytes, dataOfKeys, personData } from "../data.mjs"
import { cookieReader, metaNow, seconds } from "../kit.mjs"
import { ourCookies } from "../people.mjs"
import { SECRET } from "../secrets.mjs"
import { median } from "../stats.mjs"
import { oneByOne, timeOperations } from "../timing.mjs"

/** What costs more when there is more of it, and what does not. */
export async function growthOperations(kit, options) {
  const { url, token, redisUrl, rounds, milliseconds, pairs, stored, first } = options
  const redis = kit.redisStore({ url, token })
  const keys = []
  for (const count of [1, 10, 100, 1000])
    keys.push(await withKeys(kit, redis, count, { rounds, milliseconds, pairs }))
  const sizes = []
  for (const kilobytes of [0.1, 1, 4, 16, 64]) sizes.push(await withBytes(kit, redis, kilobytes, pairs))
  const firsts = [
    { on: "Redis", ...(await firstLoads(kit, redis, first)) },
    { on: "Redis, TCP", ...(await firstLoads(kit, kit.redisStore({ url: redisUrl }), first)) },
  ]
  return { keys, sizes, firsts, stored: await withStored(kit, redis, redisUrl, stored, pairs) }
}

/**
 * The first load of each of so many sessions of 1,000 keys, no two of which hold the same: nothing of one is known
 * from another, but the code has run before.
 */
async function firstLoads(kit, redis, count) {
  const store = kit.openStore(redis)
  const start = async (at) => {
    const id = kit.randomSessionId()
    const data = Object.entries(dataOfKeys(1000)).map(([key, value]) => [`${key}.${at}`, `${value} ${at}`])
    await store.save(id, Object.fromEntries(data), {}, metaNow())
    return id
  }
  const milliseconds = []
  for (let at = -WARM_UP; at < count; at += 1) {
    const id = await start(at)
    const microseconds = await took(() => store.take(id, [], nothing))
    if (at >= 0) milliseconds.push(microseconds / 1000)
  }
  return { milliseconds: median(milliseconds), slowest: Math.max(...milliseconds) }
}

const WARM_UP = 20

async function withKeys(kit, redis, count, { pairs, ...timing }) {
  const config = kit.resolveConfig({ store: kit.cookieStore({ secret: SECRET }) })
  const data = dataOfKeys(count)
  const [session] = await ourCookies(kit, kit.cookieStore({ secret: SECRET }), 1, () => data)
  const reader = cookieReader({ session })
  const open = () => kit.openSession(config, kit.readRequestCookies(reader, false, config), [], nothing)
  const opened = (await open()).state()
  const { session: handle } = kit.createActor(opened, config.now, nothing)
  const timed = await timeOperations(
    {
      warm: oneByOne(open),
      get: (gets) => {
        for (let at = 0; at < gets; at += 1) handle.get("key0")
      },
      put: (puts) => {
        for (let at = 0; at < puts; at += 1)
          kit.createActor(opened, config.now, nothing).session.put("key0", at)
      },
    },
    timing,
  )
  return {
    keys: count,
    warm: timed.microseconds("warm"),
    get: timed.microseconds("get"),
    put: timed.microseconds("put"),
    ...(await onRedis(kit, redis, data, pairs)),
  }
}

async function withBytes(kit, redis, kilobytes, pairs) {
  return { kilobytes, ...(await onRedis(kit, redis, dataOfBytes(kilobytes * 1024), pairs)) }
}

/** Loading a session, and committing one small key of it. */
async function onRedis(kit, redis, data, turns) {
  const store = kit.openStore(redis)
  const id = kit.randomSessionId()
  const meta = metaNow()
  await store.save(id, data, {}, meta)
  const load = []
  const commit = []
  for (let at = 0; at < turns; at += 1) {
    load.push(await took(() => store.take(id, [], nothing)))
    const change = changeOf(id, data, at, meta)
    commit.push(await took(() => store.commit(change)))
  }
  return { load: median(load), commit: median(commit) }
}

async function took(run) {
  const started = performance.now()
  await run()
  return (performance.now() - started) * 1000
}

/** Fills Redis up with copies of a session inside of Redis, which takes seconds. */
const FILL = `for at = ARGV[1], ARGV[2] do redis.call('COPY', KEYS[1], 'session:filler-' .. at) end`

async function withStored(kit, redis, redisUrl, counts, pairs) {
  const client = createClient({ url: redisUrl })
  await client.connect()
  try {
    await client.flushAll()
    const id = kit.randomSessionId()
    await kit
      .openStore(redis)
      .save(id, personData(0), {}, { createdAt: seconds(), expiresAt: seconds() + 3600 })
    const [copied] = await client.keys("session:*")
    const rows = []
    let from = 1
    for (const count of counts) {
      for (; from < count; from += 5000) {
        const to = Math.min(from + 4999, count - 1)
        await client.eval(FILL, { keys: [copied], arguments: [String(from), String(to)] })
      }
      from = count
      rows.push({ sessions: count, ...(await onRedis(kit, redis, personData(0), pairs)) })
    }
    return rows
  } finally {
    await client.flushAll()
    client.destroy()
  }
}

const nothing = () => {}
