import type { AsyncLocalStorage } from "node:async_hooks"
import { describe, expect, it } from "vitest"
import { loadNextInternals, sources } from "./next-internals"

describe("a Next that lacks a part is refused by name", () => {
  const missing = Object.keys(sources).flatMap((name) => [
    { name, what: "the export", load: async () => ({ default: {} }) },
    { name, what: "the module", load: () => Promise.reject(new Error("Cannot find module")) },
  ])
  it.each(missing)("$name, $what", async ({ name, load }) => {
    await expect(loadNextInternals({ ...sources, [name]: load })).rejects.toMatchObject({
      code: "SESSION_NEXT_UNSUPPORTED",
      message: expect.stringContaining(`has no ${name}`),
    })
  })
})

it("storages that Next made without AsyncLocalStorage are lent one, once", async () => {
  const dead = {
    run: () => expect.unreachable(),
    getStore: () => undefined,
  } as unknown as AsyncLocalStorage<unknown>
  const from = { ...sources, workAsyncStorage: async () => ({ workAsyncStorage: dead }) }
  const { work } = await loadNextInternals(from)
  expect(work).toBe(dead)
  const seen = await work.run("outer", async () => {
    await loadNextInternals(from)
    return dead.getStore()
  })
  expect(seen).toBe("outer")
  expect(work.getStore()).toBeUndefined()
})
