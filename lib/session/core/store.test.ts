import { describe, expect, it } from "vitest"
import { SessionError } from "./errors"
import { createStore, openStore, type StoreCallbacks } from "./store"

const callbacks: StoreCallbacks = {
  load: () => undefined,
  save() {},
  destroy() {},
  gc() {},
  cookieValue: (id) => id,
}
const meta = { createdAt: 0, expiresAt: 1 }

describe("createStore", () => {
  it.each(Object.keys(callbacks))("refuses a store without %s and names it", (name) => {
    const incomplete = { ...callbacks, [name]: undefined } as unknown as StoreCallbacks
    expect(() => createStore(incomplete)).toThrow(expect.objectContaining({ code: "SESSION_STORE_INVALID" }))
    expect(() => createStore(incomplete)).toThrow(`missing ${name}.`)
  })

  it("refuses nothing at all", () => {
    expect(() => createStore(undefined as unknown as StoreCallbacks)).toThrow(
      "load, save, destroy, gc, cookieValue",
    )
  })

  it.each(["load", "save", "destroy", "gc", "cookieValue"] as const)(
    "turns a %s that throws or rejects into one error with a code, which never repeats the cause's text",
    async (name) => {
      const cause = new Error("redis://user:marmalade@host refused")
      const failures = [
        () => {
          throw cause
        },
        () => Promise.reject(cause),
      ]
      for (const fail of failures) {
        const store = openStore(createStore({ ...callbacks, [name]: fail }))
        const calls = {
          load: () => store.load("x", () => {}),
          save: () => store.save("x", {}, {}, meta),
          destroy: () => store.destroy("x"),
          gc: () => store.gc(),
          cookieValue: () => store.cookieValue("x", {}, {}, meta),
        }
        const error: SessionError = await calls[name]().then(
          () => expect.unreachable(),
          (thrown) => thrown,
        )
        expect(error).toMatchObject({ name: "SessionError", code: "SESSION_STORE_UNAVAILABLE", cause })
        expect(error.message).not.toContain("marmalade")
      }
    },
  )

  it("promises of a lost answer no more than is known", async () => {
    const down = () => Promise.reject(new Error("no answer in time"))
    const store = openStore(createStore({ ...callbacks, load: down, save: down, destroy: down, gc: down }))
    await expect(store.load("x", () => {})).rejects.toThrow("Nothing was read as empty.")
    for (const write of [() => store.save("x", {}, {}, meta), () => store.destroy("x")]) {
      const failed = write()
      await expect(failed).rejects.toThrow("may or may not have been carried out")
      await expect(failed).rejects.not.toThrow("nothing was overwritten")
    }
    await expect(store.gc()).rejects.toThrow("No session was changed.")
  })

  it("never throws while it is asked: a failure is a rejection", async () => {
    const failing: StoreCallbacks = {
      ...callbacks,
      load() {
        throw new Error("down")
      },
    }
    const answer = openStore(createStore(failing)).take("x", [], () => {})
    await expect(answer).rejects.toMatchObject({ code: "SESSION_STORE_UNAVAILABLE" })
  })

  it("lets a store's own SessionError through as it is", async () => {
    const own = new SessionError("SESSION_SECRET_MISSING", "x")
    const store = openStore(createStore({ ...callbacks, load: () => Promise.reject(own) }))
    await expect(store.load("x", () => {})).rejects.toBe(own)
  })

  // guarded() takes the functions off their object, so a store written as a class fails at first use.
  it("calls the callbacks of a store written as a class on their object", async () => {
    class ClassStore implements StoreCallbacks {
      readonly #ids = new Set<string>()
      load(id: string) {
        return this.#ids.has(id) ? { id, data: {}, flash: {}, createdAt: 0 } : undefined
      }
      save(id: string) {
        this.#ids.add(id)
      }
      destroy(id: string) {
        this.#ids.delete(id)
      }
      gc() {}
      cookieValue(id: string) {
        return id
      }
    }
    const store = openStore(createStore(new ClassStore()))
    await store.save("x", {}, {}, meta)
    expect(await store.load("x", () => {})).toMatchObject({ id: "x" })
  })
})
