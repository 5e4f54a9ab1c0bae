import { describe, expect, test, vi } from "vitest"
import { startBridge } from "./bridge.mjs"
import { patiently, request, send, thrown, token, upstash, useBridge } from "./use-bridge"

const running = useBridge()

describe("a fault", () => {
  test.each([
    ["429", 429, "ERR max requests limit exceeded"],
    ["503-json", 503, "ERR service unavailable"],
    ["401", 401, "Unauthorized"],
  ])("%s answers in place of the command", async (kind, status, error) => {
    const { bridge, redis } = running
    bridge.setFaults({ kind })
    expect(await send(bridge, "/", ["SET", kind, "1"])).toEqual({ status, body: { error } })
    const { name, message } = await thrown(redis.set(kind, "1"))
    expect([name, message]).toEqual(["UpstashError", `${error}, command was: ["set","${kind}","1"]`])
    expect(bridge.stats().last.at(-1)).toMatchObject({ command: "SET", executed: false, status })
    bridge.clearFaults()
    expect(await redis.get(kind)).toBeNull()
  })

  test.each([
    ["503-html", 503],
    ["200-html", 200],
  ])("%s answers with a page", async (kind, status) => {
    const { bridge, redis } = running
    bridge.setFaults({ kind })
    const response = await request(bridge, "/", { body: '["GET","a"]' })
    expect(response.status).toBe(status)
    expect(response.headers.get("content-type")).toMatch("text/html")
    const { name, message } = await thrown(redis.set(kind, "1"))
    expect([name, message]).toEqual([
      "UpstashJSONParseError",
      expect.stringMatching(/^Unable to parse response body: <!doctype html>/),
    ])
    bridge.clearFaults()
    expect(await redis.get(kind)).toBeNull()
  })

  test.each([
    ["drop-before", null],
    ["drop-after", "1"],
  ])("%s ends the connection without an answer", async (kind, stored) => {
    const { bridge, redis } = running
    bridge.setFaults({ kind })
    const error = await thrown(redis.set(kind, "1"))
    expect([error.name, error.message]).toEqual(["TypeError", "fetch failed"])
    expect(error.cause).toMatchObject({ name: "SocketError", code: "UND_ERR_SOCKET" })
    expect(bridge.stats().last).toMatchObject([{ command: "SET", executed: stored !== null, status: 0 }])
    bridge.clearFaults()
    expect(await redis.get(kind)).toBe(stored)
  })

  test("delay comes before the command, which runs even if the client gave up", async () => {
    const { bridge, redis } = running
    bridge.setFaults({ kind: "delay", milliseconds: 60, match: "late" })
    const begin = performance.now()
    await redis.set("late", "1")
    expect(performance.now() - begin).toBeGreaterThan(55)

    bridge.setFaults({ kind: "delay", milliseconds: 500, match: "late" })
    const { controller, lost } = await sendAndLeave("late", "2")
    controller.abort()
    expect((await lost).name).toBe("AbortError")
    bridge.clearFaults()
    await vi.waitFor(async () => expect(await redis.get("late")).toBe("2"), patiently)
  })

  test("hang never answers and never runs the command, until the client leaves", async () => {
    const { bridge, redis } = running
    bridge.setFaults({ kind: "hang" })
    const { controller, lost } = await sendAndLeave("hang", "1")
    controller.abort()
    expect((await lost).name).toBe("AbortError")
    expect((await thrown(upstash(bridge, { signal: () => AbortSignal.timeout(30) }).get("a"))).name).toBe(
      "TimeoutError",
    )
    bridge.clearFaults()
    expect(await redis.get("hang")).toBeNull()
  })

  test("hang does not keep the bridge from closing", async () => {
    const bridge = await startBridge({ redisUrl: running.server.url, token })
    bridge.setFaults({ kind: "hang" })
    const lost = thrown(upstash(bridge).get("a"))
    await vi.waitFor(() => expect(bridge.stats().requests).toBe(1), patiently)
    await bridge.close()
    expect((await lost).message).toBe("fetch failed")
  })

  test("slow-body sends a half of the answer, the rest late or never", async () => {
    const { bridge, redis } = running
    bridge.setFaults({ kind: "slow-body" })
    const controller = new AbortController()
    const response = await request(bridge, "/", { body: '["SET","slow","1"]', signal: controller.signal })
    const reader = response.body!.getReader()
    expect(response.status).toBe(200)
    expect(Buffer.from((await reader.read()).value!).toString()).toBe('{"resul')
    const rest = thrown(reader.read())
    controller.abort()
    expect((await rest).name).toBe("AbortError")
    const slow = upstash(bridge, { signal: () => AbortSignal.timeout(30) })
    expect((await thrown(slow.get("slow"))).name).toBe("TimeoutError")

    bridge.setFaults({ kind: "slow-body", milliseconds: 60 })
    const begin = performance.now()
    expect(await redis.get("slow")).toBe("1")
    expect(performance.now() - begin).toBeGreaterThan(55)
  })
})

describe("faults", () => {
  test("pass over skip requests, then apply times, counting only those that match", async () => {
    const { bridge } = running
    const status = async (key: string) => (await send(bridge, "/", ["GET", key])).status
    bridge.setFaults({ kind: "429", skip: 2, times: 2, match: "wanted" })
    const wanted: number[] = []
    for (let index = 0; index < 6; index += 1) {
      expect(await status("other")).toBe(200)
      wanted.push(await status("wanted"))
    }
    expect(wanted).toEqual([200, 200, 429, 429, 200, 200])
  })

  test("can be several at once", async () => {
    const { bridge } = running
    bridge.setFaults([
      { kind: "429", match: "EVALSHA", times: 1 },
      { kind: "401", skip: 1 },
    ])
    const statuses: number[] = []
    for (const name of ["EVALSHA", "GET", "GET"]) statuses.push((await send(bridge, "/", [name, "a"])).status)
    expect(statuses).toEqual([429, 200, 401])
  })

  test("are switched over HTTP too, which is neither counted nor at fault", async () => {
    const { bridge, redis } = running
    const put = (body: unknown) => request(bridge, "/faults", { method: "PUT", body: JSON.stringify(body) })
    expect((await put({ kind: "429", times: 5 })).status).toBe(200)
    expect((await thrown(redis.get("a"))).message).toMatch(/^ERR max requests limit exceeded/)
    expect((await request(bridge, "/faults", { method: "DELETE" })).status).toBe(200)
    expect(await redis.get("a")).toBeNull()
    expect(bridge.stats().requests).toBe(2)

    const bad = [
      { kind: "no such" },
      null,
      {},
      { kind: "delay" },
      { kind: "hang", times: -1 },
      { kind: "hang", match: 1 },
    ]
    for (const body of bad) {
      const response = await put(body)
      expect(response.status).toBe(400)
      expect(await response.json()).toEqual({ error: expect.stringMatching(/^ERR /) })
    }
    expect((await request(bridge, "/faults", { method: "PUT", body: "no JSON" })).status).toBe(400)
  })
})

/** A SET that the bridge has received, and a way to give it up. */
async function sendAndLeave(key: string, value: string) {
  const { bridge } = running
  const { requests } = bridge.stats()
  const controller = new AbortController()
  const body = JSON.stringify(["SET", key, value])
  const lost = thrown(request(bridge, "/", { body, signal: controller.signal }))
  await vi.waitFor(() => expect(bridge.stats().requests).toBe(requests + 1), patiently)
  return { controller, lost }
}
