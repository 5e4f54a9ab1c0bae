import { AsyncLocalStorage } from "node:async_hooks"
import { afterEach, describe, expect, it, vi } from "vitest"
import { loadNextInternals } from "./next-internals"

const parts = {
  createRequestStoreForAPI: "next/dist/server/async-storage/request-store.js",
  workAsyncStorage: "next/dist/server/app-render/work-async-storage.external.js",
  workUnitAsyncStorage: "next/dist/server/app-render/work-unit-async-storage.external.js",
  actionAsyncStorage: "next/dist/server/app-render/action-async-storage.external.js",
  afterTaskAsyncStorage: "next/dist/server/app-render/after-task-async-storage.external.js",
}

afterEach(() => {
  for (const path of Object.values(parts)) vi.doUnmock(path)
  vi.resetModules()
})

describe("a Next that lacks a part is refused by name", () => {
  it.each(Object.entries(parts))("%s", async (name, path) => {
    vi.doMock(path, () => ({ default: {}, [name]: undefined }))
    await expect(loadNextInternals()).rejects.toMatchObject({
      code: "SESSION_NEXT_UNSUPPORTED",
      message: expect.stringContaining(`has no ${name}`),
    })
  })

  it("the whole module", async () => {
    vi.doMock(parts.createRequestStoreForAPI, () => {
      throw new Error("Cannot find module")
    })
    await expect(loadNextInternals()).rejects.toMatchObject({
      code: "SESSION_NEXT_UNSUPPORTED",
      message: expect.stringContaining("has no request-store"),
    })
  })
})

it("storages that Next made without AsyncLocalStorage are lent one, once", async () => {
  const dead = {
    run: () => expect.unreachable(),
    getStore: () => undefined,
  } as unknown as AsyncLocalStorage<unknown>
  vi.doMock(parts.workAsyncStorage, () => ({ default: {}, workAsyncStorage: dead }))
  const { work } = await loadNextInternals()
  expect(work).toBe(dead)
  const seen = await work.run("outer", async () => {
    await loadNextInternals()
    return dead.getStore()
  })
  expect(seen).toBe("outer")
  expect(work.getStore()).toBeUndefined()
})
