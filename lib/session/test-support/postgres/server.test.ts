import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { existsSync } from "node:fs"
import { connect } from "node:net"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { Client } from "pg"
import { afterEach, describe, expect, test, vi } from "vitest"
import { findPostgres, startPostgres } from "./server.mjs"

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const children: ChildProcess[] = []
/** For `vi.waitFor`: often, and long enough for a machine that is busy with a build. */
const patiently = { interval: 5, timeout: 20_000 }

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL")
})

describe("a Postgres", () => {
  test("is up when it is handed out, on loopback alone, and is gone when stopped", async () => {
    const server = await startPostgres()
    const client = new Client({ connectionString: server.url })
    await client.connect()
    const setting = async (name: string) =>
      (await client.query<{ value: string }>("select current_setting($1) as value", [name])).rows[0]?.value
    expect(await setting("listen_addresses")).toBe("127.0.0.1")
    expect(await setting("unix_socket_directories")).toBe(server.dir)
    expect(await setting("fsync")).toBe("off")
    await client.end()

    await server.stop()
    expect(await refused(server.port)).toBe(true)
    expect(existsSync(server.dir)).toBe(false)
    await server.stop()
  })

  test("takes the port it is told, or says why it cannot", async () => {
    const server = await startPostgres()
    await expect(startPostgres({ port: server.port })).rejects.toThrow(
      /did not start on port \d+: .*could not bind/,
    )
    await server.stop()
  })

  test.each(["SIGTERM", "SIGKILL", "exit"] as const)("ends with its owner: %s", async (how) => {
    const owner = node(
      "--input-type=module",
      "-e",
      `import { startPostgres } from ${JSON.stringify(here("server.mjs"))}
       const { port, dir } = await startPostgres()
       console.log(port)
       console.log(dir)
       if (${how !== "exit"}) setInterval(() => {}, 1000)`,
    )
    const [port, dir] = await lines(owner, 2)
    if (how !== "exit") owner.kill(how)
    await vi.waitFor(async () => expect(await refused(Number(port))).toBe(true), patiently)
    await vi.waitFor(() => expect(existsSync(dir!)).toBe(false), patiently)
  })
})

describe("without a postgres", () => {
  afterEach(() => {
    vi.doUnmock("node:fs")
    vi.resetModules()
  })

  test("one is told how to get it", async () => {
    vi.resetModules()
    vi.doMock("node:fs", async (original) => ({ ...(await original<object>()), existsSync: () => false }))
    const { startPostgres: start } = await import("./server.mjs")
    await expect(start()).rejects.toThrow(
      /^No postgres found: run `brew install postgresql` or `apt-get install postgresql`\.$/,
    )
  })

  test("but here there is one", () => {
    expect(existsSync(findPostgres())).toBe(true)
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
