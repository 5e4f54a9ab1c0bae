import { spawn } from "node:child_process"
import type { ChildProcess } from "node:child_process"
import { once } from "node:events"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { afterEach, describe, expect, test, vi } from "vitest"

const command = fileURLToPath(new URL("run.mjs", import.meta.url))
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL")
})

describe("npm run redis", () => {
  test("prints the settings for the app, answers there, and ends on Ctrl+C", async () => {
    const [first, second] = [start(), start()]
    const printed = await Promise.all([lines(first, 4), lines(second, 4)])
    const settings = printed.map(([url, token]) => ({
      url: /^UPSTASH_REDIS_REST_URL=(http:\/\/127\.0\.0\.1:\d+)$/.exec(url!)![1]!,
      token: /^UPSTASH_REDIS_REST_TOKEN=([\w-]{32})$/.exec(token!)![1]!,
    }))
    expect(settings[0]!.url).not.toBe(settings[1]!.url)
    expect(settings[0]!.token).not.toBe(settings[1]!.token)
    for (const [index, { url, token }] of settings.entries()) {
      const headers = { authorization: `Bearer ${token}` }
      const answer = await fetch(url, { method: "POST", headers, body: '["PING"]' })
      expect(await answer.json()).toEqual({ result: "PONG" })
      expect(printed[index]![2]).toMatch(/Ctrl\+C/)
      expect(printed[index]![3]).toMatch(/REDIS_URL=redis:\/\/127\.0\.0\.1:\d+$/)
    }
    for (const child of [first, second]) {
      const ended = once(child, "exit")
      child.kill("SIGINT")
      expect(await ended).toEqual([0, null])
    }
  })

  test("takes the token from the environment", async () => {
    vi.stubEnv("UPSTASH_REDIS_REST_TOKEN", "mine")
    expect((await lines(start(), 2))[1]).toBe("UPSTASH_REDIS_REST_TOKEN=mine")
  })

  test("refuses production", async () => {
    vi.stubEnv("NODE_ENV", "production")
    expect(await once(start(), "exit")).toEqual([1, null])
  })
})

function start() {
  const child = spawn(process.execPath, [command], { stdio: ["ignore", "pipe", "ignore"] })
  children.push(child)
  return child
}

async function lines(child: ReturnType<typeof start>, count: number) {
  const read: string[] = []
  for await (const line of createInterface(child.stdout)) {
    read.push(line)
    if (read.length === count) break
  }
  return read
}
