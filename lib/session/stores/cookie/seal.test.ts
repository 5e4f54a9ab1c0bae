import * as Iron from "@hapi/iron"
import { unsealData } from "iron-session"
import * as webcrypto from "iron-webcrypto"
import { describe, expect, it, vi } from "vitest"
import { keysByHand, passwordByHand, sealByKeys, sealByPassword } from "../../test-support/seals-by-hand"
import { createSealer } from "./seal"

const PURPOSE = "test"
const NEW = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"
const OLD = "old-9dKw2Lq8Zr5Xt1Bn6Vc3Ms7Hf4Gj0P"
const keys = keysByHand(NEW, PURPOSE)
const password = passwordByHand(NEW, PURPOSE)
const value = { a: ["ü", null, 1.5], nested: { list: [] } }
const runtimes = ["nodejs", "edge"] as const

/** What a server that knows both secrets opens and makes. */
function sealerOn(runtime: string, secrets: readonly string[] = [NEW, OLD]) {
  vi.stubEnv("NEXT_RUNTIME", runtime)
  return createSealer(PURPOSE, secrets)
}

/** As `unseal` of both: nothing, or the empty object that iron-session gives for a seal it refuses. */
const refused = (opened: unknown) => opened === undefined || JSON.stringify(opened) === "{}"

describe.each(runtimes)("on the %s runtime", (runtime) => {
  it("makes seals that either runtime, @hapi/iron, iron-webcrypto and iron-session open", async () => {
    const made = await sealerOn(runtime).seal(value)
    for (const other of runtimes) expect(await sealerOn(other).unseal(made)).toEqual(value)
    const ring = { [keys.id]: keys }
    expect(await Iron.unseal(made.replace(/~2$/, ""), ring, Iron.defaults)).toEqual(value)
    expect(await webcrypto.unseal(made.replace(/~2$/, ""), ring, webcrypto.defaults)).toEqual(value)
    // iron-session says it takes text alone, and hands on what it is given.
    expect(await unsealData(made, { password: ring as never, ttl: 0 })).toEqual(value)
  })

  it("makes none twice, and none with a salt", async () => {
    const sealer = sealerOn(runtime)
    const made = [await sealer.seal(value), await sealer.seal(value)]
    expect(made[0]).not.toBe(made[1])
    for (const seal of made) {
      const [head, id, salt, , , expiry, second] = seal.split("*")
      expect([head, id, salt, expiry, second]).toEqual(["Fe26.2", keys.id, "", "", ""])
    }
  })

  it("opens what the newest and what an older secret sealed, and not what a removed one did", async () => {
    const old = await sealByKeys(value, keysByHand(OLD, PURPOSE))
    expect(await sealerOn(runtime).unseal(old)).toEqual(value)
    expect(await sealerOn(runtime, [OLD, NEW]).unseal(old)).toEqual(value)
    expect(await sealerOn(runtime, [NEW]).unseal(old)).toBeUndefined()
  })

  it("opens nothing of another purpose, whatever id it names", async () => {
    const other = keysByHand(NEW, "other")
    for (const { id } of [other, keys]) {
      expect(await sealerOn(runtime).unseal(await sealByKeys(value, { ...other, id }))).toBeUndefined()
    }
  })

  it("opens what a password sealed, before 0.1.0, by any secret of the list", async () => {
    for (const secret of [NEW, OLD]) {
      const old = await sealByPassword(value, passwordByHand(secret, PURPOSE))
      expect(await sealerOn(runtime).unseal(old)).toEqual(value)
      expect(refused(await sealerOn(runtime, [`${NEW}${OLD}`]).unseal(old))).toBe(true)
    }
    const foreign = await sealByPassword(value, [password[0], passwordByHand(NEW, "other")[1]])
    expect(refused(await sealerOn(runtime).unseal(foreign))).toBe(true)
  })

  it("takes no key for a password, and no password for a key", async () => {
    const bytes = [keys.encryption, keys.integrity]
    const asText = bytes.flatMap((key) => [
      key.toString("hex"),
      key.toString("base64"),
      key.toString("latin1"),
    ])
    const forged = await Promise.all([
      // By a password that is a key's bytes, under its id: what an attacker's salts would lead to.
      ...asText.map((text) => Iron.seal(value, { id: keys.id, secret: text }, Iron.defaults)),
      Iron.seal(value, { id: keys.id, secret: password[1] }, Iron.defaults),
      // By a key, under the password's id.
      Iron.seal(value, { ...keys, id: password[0] }, Iron.defaults),
      // One key for both, and the two the other way round.
      ...bytes.map((secret) => Iron.seal(value, { id: keys.id, secret }, Iron.defaults)),
      Iron.seal(
        value,
        { id: keys.id, encryption: keys.integrity, integrity: keys.encryption },
        Iron.defaults,
      ),
    ])
    for (const seal of forged) expect(refused(await sealerOn(runtime).unseal(`${seal}~2`))).toBe(true)
  })

  it("opens one text alone: neither another salt nor other bits at the end", async () => {
    const sealer = sealerOn(runtime)
    const good = await sealer.seal(value)
    const parts = good.split("*")
    for (const salt of ["0", "0".repeat(64)]) {
      expect(await sealer.unseal(parts.with(6, salt).join("*"))).toBeUndefined()
      expect(await sealer.unseal(parts.with(2, salt).join("*"))).toBeUndefined()
    }
    for (const last of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=") {
      const text = `${good.slice(0, -3)}${last}~2`
      if (text !== good) expect(await sealer.unseal(text)).toBeUndefined()
    }
  })

  it.each(["keys", "password"])(
    "refuses every bit flipped and every truncation: sealed by %s",
    async (by) => {
      const sealer = sealerOn(runtime)
      const good = await (by === "keys" ? sealer.seal({ a: 1 }) : sealByPassword({ a: 1 }, password))
      expect(await sealer.unseal(good)).toEqual({ a: 1 })
      for (let at = 0; at < good.length; at += 1) {
        expect(refused(await sealer.unseal(good.slice(0, at)))).toBe(true)
        for (let bit = 0; bit < 8; bit += 1) {
          const flipped = String.fromCharCode(good.charCodeAt(at) ^ (1 << bit))
          const text = good.slice(0, at) + flipped + good.slice(at + 1)
          if (!refused(await sealer.unseal(text))) throw new Error(`opened with bit ${bit} of ${at} flipped`)
        }
      }
    },
  )

  it("takes hostile keys for plain data, whichever way it was sealed", async () => {
    const hostile = JSON.parse(
      `{ "__proto__": { "admin": true }, "constructor": { "prototype": 1 }, "a": 1 }`,
    )
    const sealer = sealerOn(runtime)
    for (const seal of [await sealer.seal(hostile), await sealByPassword(hostile, password)]) {
      expect(JSON.stringify(await sealer.unseal(seal))).toBe(JSON.stringify(hostile))
      expect(({} as { admin?: boolean }).admin).toBeUndefined()
    }
  })

  it("seals what JSON leaves of a value, the same on both", async () => {
    const odd = { left: undefined, date: new Date(0), list: [undefined, Number.NaN] }
    const sealer = sealerOn(runtime)
    expect(await sealer.unseal(await sealer.seal(odd))).toEqual(JSON.parse(JSON.stringify(odd)))
  })

  it("needs a secret", async () => {
    await expect(sealerOn(runtime, []).seal({})).rejects.toThrow("at least one secret")
  })
})
