import { expect } from "@playwright/test"
import { onPage, openForm, submit, type MatrixCase, type Tools } from "../case.ts"

function survives(name: string, text: (marker: string) => string, filler = 0): MatrixCase {
  return {
    name,
    async run(tools: Tools) {
      const full = text(tools.text)
      // Too long for a query: typed into the hidden field instead.
      await openForm(tools, {
        text: "x",
        redirect: "/target",
        ...(filler > 0 ? { filler: String(filler) } : {}),
      })
      // A form in a boundary of its own may hydrate later than the page around it.
      if (tools.javaScript) {
        await tools.page.waitForFunction(() => {
          const input = document.querySelector('input[name="text"]') ?? {}
          return Object.keys(input).some((key) => key.startsWith("__react"))
        })
      }
      await tools.page
        .locator('form:has(button:text-is("submit")) input[name="text"]')
        .evaluate((input, value) => {
          ;(input as HTMLInputElement).type = "text"
          ;(input as HTMLInputElement).value = value
        }, full)
      await submit(tools.page)
      await onPage(tools.page, "target")
      await expect.poll(() => tools.shown.count(tools.text)).toBe(1)
      const message = tools.page.locator(".flash")
      await expect(message).toHaveCount(1)
      expect(await message.locator("span").textContent()).toBe(full)
    },
  }
}

const BYTES = 2048

/** As many copies of `piece` as fit into 2 KB of UTF-8 JSON with the marker in front. */
function fill(marker: string, piece: string): string {
  const size = new TextEncoder().encode(JSON.stringify(piece)).length - 2
  return `${marker} ${piece.repeat(Math.floor((BYTES - marker.length - 3) / size))}`
}

export const expiryAndText: readonly MatrixCase[] = [
  {
    name: "a token is small, short-lived, and says nothing",
    core: true,
    async run(tools) {
      await openForm(tools, { text: tools.text, to: "/target" })
      await submit(tools.page)
      const token = async () => (await tools.context.cookies()).find(({ name }) => name.startsWith("flash_"))
      await expect.poll(async () => (await token())?.name).toMatch(/^flash_[\w-]{16}$/)
      const found = await token()
      expect(found?.expires).toBeLessThanOrEqual(Date.now() / 1000 + 10 * 60)
      expect(found?.httpOnly).toBe(false)
      expect(decodeURIComponent(found?.value ?? "")).toBe("/target  ")
    },
  },
  survives(
    "markup is text",
    (marker) => `${marker} <script>alert(1)</script><b>bold</b> &amp; "quoted" 'too' \\`,
  ),
  survives("other scripts and emoji", (marker) => `${marker} Zażółć gęślą jaźń — שלום — 你好 — 👩‍👩‍👧‍👦`),
  survives("2 KB of emoji beside 300 bytes of data", (marker) => fill(marker, "🎉"), 300),
  { ...survives("2 KB of quotes beside 300 bytes of data", (marker) => fill(marker, '"'), 300), core: true },
  survives("2 KB of markup beside 300 bytes of data", (marker) => fill(marker, "<script>"), 300),
]
