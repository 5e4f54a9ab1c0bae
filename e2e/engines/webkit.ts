import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { freePort } from "../../lib/session/test-support/free-port.mjs"
import type { Engine } from "./browser-tab.ts"
import { webDriverTab, type WebDriver } from "./webdriver-tab.ts"

interface Paths {
  readonly driver: string
  readonly display: string
  readonly browser: string
}

/** WebKitGTK's small browser on a display of its own, driven by WebKitWebDriver: W3C WebDriver over HTTP. */
export function webkitGtk(paths: Paths): Engine {
  return {
    name: "WebKit",
    async open({ javaScript = true } = {}) {
      const children: ChildProcess[] = []
      const close = async () => {
        for (const child of children.toReversed()) await end(child)
      }
      try {
        const { child, number } = await startDisplay(paths.display)
        children.push(child)
        const port = await freePort()
        const env = { ...process.env, DISPLAY: `:${number}` }
        children.push(spawn(paths.driver, [`--port=${port}`], { env, stdio: "ignore" }))
        const send = await startSession(port, paths.browser, javaScript)
        const tab = webDriverTab(driverOf(send, javaScript), String(await send("GET", "/window")))
        // Without it the browser outlives its driver.
        return { tab, close: () => send("DELETE", "").finally(close) as Promise<void> }
      } catch (error) {
        await close()
        throw error
      }
    },
  }
}

type Send = (method: "GET" | "POST" | "DELETE", path: string, body?: object) => Promise<unknown>

function driverOf(send: Send, javaScript: boolean): WebDriver {
  // WebKit's own Back skips pages that a script went on from; the page's does not.
  const travel = (direction: "back" | "forward") => () =>
    javaScript
      ? send("POST", "/execute/sync", { script: `history.${direction}()`, args: [] })
      : send("POST", `/${direction}`, {})
  return {
    navigate: (url) => send("POST", "/url", { url }),
    back: travel("back"),
    forward: travel("forward"),
    refresh: () => send("POST", "/refresh", {}),
    execute: (script, args) => send("POST", "/execute/sync", { script, args }),
    async newTab() {
      return ((await send("POST", "/window/new", { type: "tab" })) as { handle: string }).handle
    },
    switchTo: (handle) => send("POST", "/window", { handle }),
    closeTab: () => send("DELETE", "/window"),
    deleteCookies: () => send("DELETE", "/cookie"),
  }
}

/** Without `-noreset` it starts over with each browser, and the next session hangs. */
async function startDisplay(xvfb: string): Promise<{ child: ChildProcess; number: string }> {
  const args = ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp", "-noreset"]
  const child = spawn(xvfb, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] })
  const chosen = child.stdio[3] as NodeJS.ReadableStream
  const ended = once(child, "exit").then(() => Promise.reject(new Error("Xvfb does not start")))
  const [number] = (await Promise.race([once(chosen, "data"), ended])) as [Buffer]
  ended.catch(() => {})
  return { child, number: String(number).trim() }
}

const START_MS = 60_000

async function startSession(port: number, binary: string, javaScript: boolean): Promise<Send> {
  const server = `http://127.0.0.1:${port}`
  const args = ["--automation", ...(javaScript ? [] : ["--enable-javascript=false"])]
  const alwaysMatch = { browserName: "MiniBrowser", "webkitgtk:browserOptions": { binary, args } }
  await listens(`${server}/status`)
  const { sessionId } = (await command(`${server}/session`, "POST", {
    capabilities: { alwaysMatch },
  })) as { sessionId: string }
  return (method, path, body) => command(`${server}/session/${sessionId}${path}`, method, body)
}

async function listens(address: string): Promise<void> {
  for (const until = Date.now() + START_MS; ;) {
    const isReady = await fetch(address).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    if (Date.now() > until) throw new Error(`WebKitWebDriver does not answer at ${address}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** @throws Error with what the driver answered */
async function command(address: string, method: string, body?: object): Promise<unknown> {
  const response = await fetch(address, { method, ...(body && { body: JSON.stringify(body) }) })
  const { value } = (await response.json()) as { value: unknown }
  if (response.ok) return value
  const { error, message } = value as { error: string; message: string }
  throw new Error(`${error}: ${message}`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, "exit")
  child.kill("SIGTERM")
  await ended
}
