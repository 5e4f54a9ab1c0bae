import * as Iron from "@hapi/iron"
import { sealData, unsealData } from "iron-session"
import { describe, expect, it, vi } from "vitest"
import { makeSeal, openSeal, type Keyring } from "./iron-seal"

const keyring: Keyring = { 7: "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa", 8: "old-9dKw2Lq8Zr5Xt1Bn6Vc3Ms7Hf4Gj0P" }
const seal = (value: unknown, id: "7" | "8" = "7") =>
  sealData(value, { password: { [id]: keyring[id] ?? "" }, ttl: 0 })

const hostile = JSON.parse(`{ "__proto__": { "admin": true }, "constructor": { "prototype": 1 }, "a": 1 }`)

describe.each(["nodejs", "edge"])("on the %s runtime", (runtime) => {
  const open = (text: string, given: Keyring = keyring) => {
    vi.stubEnv("NEXT_RUNTIME", runtime)
    return openSeal(text, given)
  }

  it("opens what iron-session sealed, by any password of the ring", async () => {
    expect(await open(await seal({ a: ["ü", null, 1.5] }))).toEqual({ a: ["ü", null, 1.5] })
    expect(await open(await seal({ a: 1 }, "8"))).toEqual({ a: 1 })
  })

  it("opens what @hapi/iron sealed, and so does iron-session", async () => {
    const made = await Iron.seal({ a: 1 }, { id: "7", secret: keyring[7] ?? "" }, Iron.defaults)
    expect(await open(`${made}~2`)).toEqual({ a: 1 })
    expect(await unsealData(`${made}~2`, { password: keyring, ttl: 0 })).toEqual({ a: 1 })
  })

  it("makes seals that the other runtime, iron-session and @hapi/iron open", async () => {
    const value = { a: ["ü", null, 1.5], nested: { list: [] } }
    vi.stubEnv("NEXT_RUNTIME", runtime)
    const made = await makeSeal(value, "8", keyring)
    expect(await Iron.unseal(made.replace(/~2$/, ""), keyring, Iron.defaults)).toEqual(value)
    expect(await unsealData(made, { password: keyring, ttl: 0 })).toEqual(value)
    for (const other of ["nodejs", "edge"]) {
      vi.stubEnv("NEXT_RUNTIME", other)
      expect(await openSeal(made, keyring)).toEqual(value)
    }
    expect(await makeSeal(value, "8", keyring)).not.toBe(made)
  })

  it("takes hostile keys for plain data", async () => {
    const opened = await open(await seal(hostile))
    expect(JSON.stringify(opened)).toBe(JSON.stringify(hostile))
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it("refuses every bit flipped, or agrees with iron-session that it is the same seal", async () => {
    const good = await seal({ a: 1 })
    const body = good.slice(0, -2)
    for (let at = 0; at < body.length; at += 1) {
      const flipped = String.fromCharCode(body.charCodeAt(at) ^ (1 << (at % 7)))
      expect(await open(`${body.slice(0, at)}${flipped}${body.slice(at + 1)}~2`)).not.toEqual({ a: 1 })
    }
  })

  it("refuses another version, another password, and no seal at all", async () => {
    const good = await seal({ a: 1 })
    for (const bad of ["", "~2", good.slice(0, -2), `${good.slice(0, -2)}~1`, `${good}0`, `${good}~2`]) {
      expect(await open(bad)).toBeUndefined()
    }
    const rings: Keyring[] = [{ 9: keyring[7] ?? "" }, { 7: keyring[8] ?? "" }, {}]
    for (const others of rings) {
      expect((await open(good, others)) ?? {}).toEqual({})
    }
  })
})
