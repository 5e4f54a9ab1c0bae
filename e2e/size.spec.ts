import { gzipSync } from "node:zlib"
import { expect, test, type APIRequestContext } from "@playwright/test"

/** What the browser gets more than from the same app without the kit, inline scripts included, in bytes. */
const budgets = [
  { page: "with", bare: "without", budget: 1600, name: "a page that shows messages" },
  { page: "prerendered", bare: "without", budget: 1600, name: "a page that is prerendered and shows them" },
  {
    page: "toaster",
    bare: "toaster-without",
    budget: 1200,
    name: "a page that shows them in the app's toaster",
  },
]

const gzipped = (text: string) => gzipSync(text, { level: 9 }).length

async function load(request: APIRequestContext, address: string) {
  const html = await (await request.get(address, { headers: { accept: "text/html" } })).text()
  const addresses = new Set([...html.matchAll(/\/_next\/static\/[\w./~-]+\.js/g)].map(([found]) => found))
  const scripts = await Promise.all(
    [...addresses].map(async (script) => ({ script, text: await (await request.get(script)).text() })),
  )
  return { html, scripts: new Map(scripts.map(({ script, text }) => [script, text])) }
}

for (const { page: variant, bare: without, budget, name } of budgets) {
  test(`${name} costs at most ${budget} bytes`, async ({ request }) => {
    const page = await load(request, `/size/${variant}`)
    const bare = await load(request, `/size/${without}`)
    const total = ({ html, scripts }: typeof page) =>
      gzipped(html) + [...scripts.values()].reduce((sum, text) => sum + gzipped(text), 0)
    const cost = total(page) - total(bare)
    console.log(
      `size | ${variant} | ${cost} bytes gzip, ${gzipped(page.html) - gzipped(bare.html)} of them in the document`,
    )
    expect(cost).toBeLessThanOrEqual(budget)
    expect([...page.scripts.values()].join("")).toContain("flash-unread")
  })
}

test("a page that does not use the session ships none of it", async ({ request }) => {
  const { html, scripts } = await load(request, "/size/without")
  expect(html + [...scripts.values()].join("")).not.toContain("flash")
})
