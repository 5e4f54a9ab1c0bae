import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { existsSync } from "node:fs"
import { connect } from "node:net"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { createClient } from "redis"
import { afterEach, describe, expect, test, vi } from "vitest"
import { findRedisServer, startRedis } from "./server.mjs"
import { patiently, thrown } from "./use-bridge"

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL")
})

describe("a Redis", () => {
  test("is up when it is handed out, keeps nothing on disk, and is gone when stopped", async () => {
    const server = await startRedis()
    const client = await createClient({ url: server.url }).connect()
    expect(await client.configGet("save")).toEqual({ save: "" })
    expect(await client.configGet("appendonly")).toEqual({ appendonly: "no" })
    expect(await client.configGet("bind")).toEqual({ bind: "127.0.0.1" })
    const { dir } = await client.configGet("dir")
    expect(existsSync(dir!)).toBe(true)
    client.destroy()

    await server.stop()
    expect(await refused(server.port)).toBe(true)
    expect(existsSync(dir!)).toBe(false)
    await server.stop()
  })

  test("takes the port it is told, or says why it cannot", async () => {
    const server = await startRedis()
    const { message } = await thrown(startRedis({ port: server.port }))
    expect(message).toMatch(/did not start on port \d+: .*(Failed listening|in use)/)
    await server.stop()
    const again = await startRedis({ port: server.port })
    expect(again.port).toBe(server.port)
    await again.stop()
  })

  test.each(["SIGINT", "SIGTERM", "SIGKILL", "exit"] as const)("ends with its owner: %s", async (how) => {
    const owner = node(
      "--input-type=module",
      "-e",
      `import { startRedis } from ${JSON.stringify(here("server.mjs"))}
       console.log((await startRedis()).port)
       if (${how !== "exit"}) setInterval(() => {}, 1000)`,
    )
    const [port] = await lines(owner, 1)
    if (how !== "exit") owner.kill(how)
    await vi.waitFor(async () => expect(await refused(Number(port))).toBe(true), patiently)
  })
})

describe("without a redis-server", () => {
  afterEach(() => {
    vi.doUnmock("node:fs")
    vi.resetModules()
  })

  test("one is told how to get it", async () => {
    vi.resetModules()
    vi.doMock("node:fs", async (original) => ({ ...(await original<object>()), existsSync: () => false }))
    const { startRedis: start } = await import("./server.mjs")
    await expect(start()).rejects.toThrow(
      /^No redis-server found: run `brew install redis` or `apt-get install redis-server`\.$/,
    )
  })

  test("but here there is one", () => {
    expect(findRedisServer()).toMatch(/redis-server$/)
  })
})

function node(...args: string[]) {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] })
  children.push(child)
  return child
}

async function lines(child: ReturnType<typeof node>, count: number) {
  const read: string[] = []
  for await (const line of createInterface(child.stdout)) {
    read.push(line)
    if (read.length === count) break
  }
  return read
}

function refused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      resolve(false)
      socket.destroy()
    })
    socket.on("error", () => resolve(true))
  })
}
