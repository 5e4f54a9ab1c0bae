import { connect } from "node:net"
import { networkInterfaces } from "node:os"
import { createClient } from "redis"
import { describe, expect, test, vi } from "vitest"
import { startBridge } from "./bridge.mjs"
import { startRedis } from "./server.mjs"
import { patiently, request, send, thrown, token, upstash, useBridge } from "./use-bridge"

const running = useBridge()
const base64 = { "upstash-encoding": "base64" }
const encoded = (text: string) => Buffer.from(text).toString("base64")
const nested = `return {"a", {"b", {"OK", 7}}, 1, false, redis.status_reply("OK")}`

describe("one command", () => {
  test("is answered with its result", async () => {
    const { bridge } = running
    expect(await send(bridge, "/", ["SET", "one", "value"])).toEqual({ status: 200, body: { result: "OK" } })
    expect(await send(bridge, "/", ["GET", "one"])).toEqual({ status: 200, body: { result: "value" } })
    expect(await send(bridge, "/", ["GET", "none"])).toEqual({ status: 200, body: { result: null } })
  })

  test("may have arguments that are no strings", async () => {
    const { bridge } = running
    await send(bridge, "/", ["RPUSH", "kinds", 1, 1.5, true, null, { a: [1] }])
    expect((await send(bridge, "/", ["LRANGE", "kinds", 0, -1])).body).toEqual({
      result: ["1", "1.5", "true", "null", '{"a":[1]}'],
    })
  })

  test("that fails is a 400 with Redis's words", async () => {
    await send(running.bridge, "/", ["SET", "text", "x"])
    expect(await send(running.bridge, "/", ["HGETALL", "text"])).toEqual({
      status: 400,
      body: { error: "WRONGTYPE Operation against a key holding the wrong kind of value" },
    })
  })

  test("gets a hash as a flat array", async () => {
    await send(running.bridge, "/", ["HSET", "hash", "__proto__", "1", "b", "2"])
    expect((await send(running.bridge, "/", ["HGETALL", "hash"])).body).toEqual({
      result: ["__proto__", "1", "b", "2"],
    })
  })

  test.each(["MULTI", "subscribe", "BLPOP", "Client"])(
    "%s, which the shared connection cannot serve, is refused",
    async (name) => {
      const { status, body } = await send(running.bridge, "/", [name, "a", "0"])
      expect({ status, body }).toEqual({
        status: 400,
        body: { error: `ERR ${name.toUpperCase()} is not available over REST` },
      })
      expect(running.bridge.stats().last.at(-1)).toMatchObject({ executed: false, status: 400 })
    },
  )
})

describe("strings", () => {
  const text = "ключ 🔑 \u0000 é \r\n \"'"

  test("survive as UTF-8, with and without base64", async () => {
    const { bridge, redis } = running
    await redis.set(text, text)
    expect(await redis.get(text)).toBe(text)
    expect((await send(bridge, "/", ["GET", text])).body).toEqual({ result: text })
    expect((await send(bridge, "/", ["GET", text], base64)).body).toEqual({ result: encoded(text) })
  })

  test("of any bytes survive as base64", async () => {
    const script = "local s = {} for i = 0, 255 do s[#s + 1] = string.char(i) end return table.concat(s)"
    const { body } = await send(running.bridge, "/", ["EVAL", script, "0"], base64)
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    expect(body).toEqual({ result: bytes.toString("base64") })
  })

  test("are base64 at any depth, but for an OK that is the whole answer", async () => {
    const { bridge, redis } = running
    expect((await send(bridge, "/", ["EVAL", nested, "0"], base64)).body).toEqual({
      result: [encoded("a"), [encoded("b"), [encoded("OK"), 7]], 1, null, encoded("OK")],
    })
    expect((await send(bridge, "/", ["EVAL", nested, "0"])).body).toEqual({
      result: ["a", ["b", ["OK", 7]], 1, null, "OK"],
    })
    expect((await send(bridge, "/", ["SET", "k", "OK"], base64)).body).toEqual({ result: "OK" })
    expect((await send(bridge, "/", ["GET", "k"], base64)).body).toEqual({ result: "OK" })
    expect((await send(bridge, "/", ["PING"], base64)).body).toEqual({ result: encoded("PONG") })
    expect(await redis.eval(nested, [], [])).toEqual(["a", ["b", ["OK", 7]], 1, null, "OK"])
  })
})

describe("a pipeline", () => {
  test("has a result or an error per command", async () => {
    const commands = [["SET", "p", "1"], ["HGET", "p", "f"], ["GET", "p"], ["NOSUCH"]]
    const { status, body } = await send(running.bridge, "/pipeline", commands, base64)
    expect(status).toBe(200)
    expect(body).toEqual([
      { result: "OK" },
      { error: "WRONGTYPE Operation against a key holding the wrong kind of value" },
      { result: encoded("1") },
      { error: expect.stringMatching(/^ERR unknown command 'NOSUCH'/) },
    ])
  })

  test("comes from the client as one request", async () => {
    const pipeline = running.redis.pipeline().set("p", "🚀").get("p")
    expect(await pipeline.exec()).toEqual(["OK", "🚀"])
    expect(running.bridge.stats()).toMatchObject({ requests: 1, commands: 2 })
  })
})

describe("a transaction", () => {
  test("has a result per command, and an error for one that fails while it runs", async () => {
    const { bridge } = running
    const commands = [
      ["SET", "t", "1"],
      ["HGET", "t", "f"],
      ["INCR", "t"],
    ]
    expect(await send(bridge, "/multi-exec", commands)).toEqual({
      status: 200,
      body: [{ result: "OK" }, { error: expect.stringContaining("WRONGTYPE") }, { result: 2 }],
    })
    expect(await running.redis.multi().set("t", "é").get("t").exec()).toEqual(["OK", "é"])
  })

  test("with a command that cannot be queued does nothing, and is one error", async () => {
    const { bridge, redis } = running
    await redis.del("never")
    expect(await send(bridge, "/multi-exec", [["SET", "never", "1"], ["GET"]])).toEqual({
      status: 400,
      body: { error: "EXECABORT Transaction discarded because of previous errors." },
    })
    expect(await redis.get("never")).toBeNull()
  })

  test("is not interrupted, neither by other requests nor by other connections", async () => {
    const { bridge, server } = running
    const other = await createClient({ url: server.url }).connect()
    const long = Array.from({ length: 500 }, () => ["INCR", "counter"])
    const results = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const others = Array.from({ length: 20 }, () => other.incr("counter"))
        const plain = send(bridge, "/", ["INCR", "counter"])
        const { body } = await send(bridge, "/multi-exec", long)
        await Promise.all(others)
        return {
          plain: (await plain).body,
          numbers: (body as { result: number }[]).map(({ result }) => result),
        }
      }),
    )
    for (const { plain, numbers } of results) {
      expect(plain).toEqual({ result: expect.any(Number) })
      expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index))
    }
    other.destroy()
  })
})

describe("a bad request", () => {
  test.each([
    ["/", "no JSON"],
    ["/", "{}"],
    ["/", "[]"],
    ["/", '"GET"'],
    ["/", "null"],
    ["/", "[1]"],
    ["/pipeline", "{}"],
    ["/pipeline", "[]"],
    ["/pipeline", '["GET", "a"]'],
    ["/multi-exec", "[[]]"],
    ["/multi-exec", "null"],
  ])("to %s, %s, is a 400 and never reaches Redis", async (path, body) => {
    const response = await request(running.bridge, path, { body })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.stringMatching(/^ERR /) })
    expect(running.bridge.stats().last).toMatchObject([{ executed: false, status: 400 }])
  })

  test("is one above 1 MB", async () => {
    const { bridge, redis } = running
    const fill = (bytes: number) => `["SET","big","${"x".repeat(bytes - '["SET","big",""]'.length)}"]`
    const limit = 1024 * 1024
    await redis.del("big")
    const tooBig = await request(bridge, "/", { body: fill(limit + 1) })
    expect(tooBig.status).toBe(413)
    expect(await tooBig.json()).toEqual({ error: expect.stringContaining("max request size exceeded") })
    expect(await redis.get("big")).toBeNull()
    expect((await request(bridge, "/", { body: fill(limit) })).status).toBe(200)
  })

  test.each(["/get/key", "/subscribe", "/multi"])("is one to %s", async (path) => {
    const response = await request(running.bridge, path, { body: '["PING"]' })
    expect(response.status).toBe(404)
  })
})

describe("the token", () => {
  const endpoints = [
    ["POST", "/"],
    ["POST", "/pipeline"],
    ["POST", "/multi-exec"],
    ["PUT", "/faults"],
    ["DELETE", "/faults"],
    ["GET", "/stats"],
    ["DELETE", "/stats"],
    ["GET", "/elsewhere"],
  ]
  const wrong = [undefined, "", token, `Bearer ${token}x`, `Basic ${token}`, "Bearer", `Bearer x${token}`]

  test.each(endpoints)("is required by %s %s", async (method, path) => {
    const { bridge } = running
    for (const authorization of wrong) {
      const headers: HeadersInit = authorization === undefined ? {} : { authorization }
      const body = method === "GET" ? null : '[["FLUSHALL"]]'
      const response = await fetch(bridge.url + path, { method, body, headers })
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({ error: "Unauthorized" })
    }
    expect(bridge.stats().commands).toBe(0)
  })

  test("cannot be empty", async () => {
    const { message } = await thrown(startBridge({ redisUrl: running.server.url, token: "" }))
    expect(message).toMatch(/needs a token/)
  })
})

describe("the bridge", () => {
  test("refuses production", async () => {
    vi.stubEnv("NODE_ENV", "production")
    const { message } = await thrown(startBridge({ redisUrl: running.server.url, token }))
    expect(message).toMatch(/does not start in production/)
  })

  test("listens on loopback only", async () => {
    const addresses = Object.values(networkInterfaces())
      .flatMap((ofInterface) => ofInterface ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4")
    for (const host of ["::1", ...addresses.map(({ address }) => address)]) {
      expect(await reachable(host, running.bridge.port)).toBe(false)
    }
    expect(await reachable("127.0.0.1", running.bridge.port)).toBe(true)
  })

  test("does not start without its Redis or its port", async () => {
    const noRedis = await thrown(startBridge({ redisUrl: "redis://127.0.0.1:1", token }))
    expect(noRedis).toMatchObject({ code: "ECONNREFUSED" })
    const { server, bridge } = running
    const noPort = await thrown(startBridge({ redisUrl: server.url, token, port: bridge.port }))
    expect(noPort).toMatchObject({ code: "EADDRINUSE" })
  })

  test("reports a Redis that is gone at once, and finds it when it is back", async () => {
    const server = await startRedis()
    const bridge = await startBridge({ redisUrl: server.url, token })
    await server.stop()
    const { message } = await thrown(upstash(bridge).get("a"))
    expect(message).toMatch(/^ERR the bridge lost its connection to Redis/)
    expect((await send(bridge, "/multi-exec", [["GET", "a"]])).status).toBe(502)
    expect((await send(bridge, "/pipeline", [["GET", "a"]])).status).toBe(502)

    const again = await startRedis({ port: server.port })
    await vi.waitFor(() => upstash(bridge).set("a", "1"), patiently)
    await bridge.close()
    await again.stop()
  })

  test("counts what it is sent, by command name only", async () => {
    const { bridge, redis } = running
    await redis.set("secret id", "secret value")
    await redis.multi().get("a").incr("b").exec()
    await send(bridge, "/", ["secret command", "x"])
    const stats = await request(bridge, "/stats", { method: "GET" })
    const body = '["set","secret id","secret value"]'
    expect(await stats.json()).toEqual({
      requests: 3,
      commands: 4,
      bytes: body.length + '[["get","a"],["incr","b"]]'.length + '["secret command","x"]'.length,
      last: [
        { command: "SET", bytes: body.length, executed: true, status: 200 },
        { command: "MULTI GET INCR EXEC", bytes: 26, executed: true, status: 200 },
        { command: "?", bytes: 22, executed: true, status: 400 },
      ],
    })
    for (let index = 0; index < 60; index += 1) await redis.get("a")
    expect(bridge.stats()).toMatchObject({ requests: 63, commands: 64 })
    expect(bridge.stats().last).toHaveLength(50)
    await request(bridge, "/stats", { method: "DELETE" })
    expect(bridge.stats()).toEqual({ requests: 0, commands: 0, bytes: 0, last: [] })
  })
})

describe("what @upstash/redis throws", () => {
  test("for a script that is not loaded", async () => {
    const error = await thrown(running.redis.evalsha("0".repeat(40), ["key"], ["value"]))
    expect(error.name).toBe("UpstashError")
    expect(error.message).toMatch(
      /^NOSCRIPT No matching script\. Please use EVAL\., command was: \["evalsha",/,
    )
  })

  test("for Upstash's script flag, which Redis does not know", async () => {
    const error = await thrown(running.redis.eval("#!lua flags=allow-key-locking\nreturn 1", [], []))
    expect(error.message).toMatch(/^ERR Unexpected flag in script shebang: allow-key-locking, command was: /)
  })

  test("for a command of a pipeline", async () => {
    const error = await thrown(running.redis.pipeline().set("p", "1").hget("p", "f").exec())
    expect(error.message).toMatch(/^Command 2 \[ hget \] failed: WRONGTYPE /)
  })
})

function reachable(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      resolve(true)
      socket.destroy()
    })
    socket.on("error", () => resolve(false))
  })
}
