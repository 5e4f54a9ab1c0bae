import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { test } from "@playwright/test"
import { expectAnswer } from "./engines/acts.ts"
import type { BrowserTab } from "./engines/browser-tab.ts"
import { engines } from "./engines/engines.ts"
import { flows } from "./engines/flows.ts"

/** The core flows in another engine, with JavaScript and really without: `npm run matrix -- --browser webkit`. */
const wanted = process.env.MATRIX_BROWSER
const chosen = engines().filter(({ name }) => name.toLowerCase() === wanted)
if (chosen.length === 0) throw new Error(`There is no ${wanted} on this machine.`)

for (const engine of chosen) {
  for (const javaScript of [true, false]) {
    test.describe(`${engine.name} ${javaScript ? "with" : "without"} JavaScript`, () => {
      // One browser for all: each takes seconds to start.
      test.describe.configure({ mode: "default", timeout: 120_000 })
      let tab: BrowserTab
      let close = async () => {}
      test.beforeAll(async () => {
        ;({ tab, close } = await engine.open({ javaScript }))
      })
      test.afterAll(() => close())

      test("scripts of a page run only where they should", async () => {
        const server = createServer((_, response) => {
          response.setHeader("content-type", "text/html")
          response.end("<h1>off</h1><script>document.querySelector('h1').textContent = 'on'</script>")
        }).listen(0, "localhost")
        await once(server, "listening")
        await tab.goto(`http://localhost:${(server.address() as AddressInfo).port}`)
        const heading = () => document.querySelector("h1")?.textContent
        await expectAnswer(tab, heading, null, javaScript ? "on" : "off", "whether scripts ran")
        server.close()
      })

      for (const { name, limit, run } of flows) {
        test(name, async ({ baseURL }) => {
          const isLimit = limit?.engine === engine.name && limit.javaScript === javaScript
          test.skip(isLimit, limit?.why)
          await tab.goto(`${baseURL}/static`)
          await tab.clearCookies()
          const text = `message ${crypto.randomUUID().slice(0, 8)}`
          await run({ tab, origin: String(baseURL), javaScript, text })
        })
      }
    })
  }
}
