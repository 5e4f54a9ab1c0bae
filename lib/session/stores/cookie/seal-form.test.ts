import { describe, expect, it } from "vitest"
import { MAX_COOKIE_BYTES } from "../../core/limits"
import { keysByHand, passwordByHand, sealByKeys, sealByPassword } from "../../test-support/seals-by-hand"
import { formOf } from "./seal-form"

const SECRET = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"
const [byKeys, byPassword] = await Promise.all([
  sealByKeys({ a: 1 }, keysByHand(SECRET)),
  sealByPassword({ a: 1 }, passwordByHand(SECRET)),
])
const parts = (seal: string) => seal.split("*")
const salt = "0123456789abcdef".repeat(4)

describe("formOf", () => {
  it("knows a seal by keys from one by a password", () => {
    expect([formOf(byKeys), formOf(byPassword)]).toEqual(["keys", "password"])
  })

  it("knows that the salts are what a seal by keys is shorter by", () => {
    const text = (seal: string) => parts(seal).with(1, "").join("*")
    expect(text(byPassword).length - text(byKeys).length).toBe(128)
  })

  it.each([
    ["a salt of the encryption", 2, salt],
    ["a salt of the authentication", 6, salt],
    ["one character of it", 6, "0"],
    ["a password's id", 1, passwordByHand(SECRET)[0]],
    ["an id without digits", 1, "k"],
    ["no id", 1, ""],
    ["an id that every object has", 1, "constructor"],
    ["capitals in the id", 1, "kABCDEF01"],
    ["an expiry", 5, "9999999999999"],
    ["no initialisation vector", 3, ""],
    ["a short one", 3, "A".repeat(21)],
    ["nothing encrypted", 4, ""],
    ["padding", 4, "AAAA="],
    ["the other alphabet", 4, "AA+/"],
    ["another version of iron", 0, "Fe26.1"],
    ["a line break", 0, "\nFe26.2"],
    ["no authentication", 7, "~2"],
  ])("takes no seal by keys with %s", (_, part, value) => {
    expect(formOf(parts(byKeys).with(part, value).join("*"))).toBeUndefined()
  })

  it.each([
    ["keys' id", 1, keysByHand(SECRET).id],
    ["eleven digits for an id", 1, "12345678901"],
    ["no salt of the encryption", 2, ""],
    ["no salt of the authentication", 6, ""],
    ["a salt of one character", 6, "0"],
    ["capitals in a salt", 6, salt.toUpperCase()],
    ["an expiry", 5, "9999999999999"],
  ])("takes no seal by a password with %s", (_, part, value) => {
    expect(formOf(parts(byPassword).with(part, value).join("*"))).toBeUndefined()
  })

  it.each(["", "~1", "~22", "~2.5", "~2~2", "~2\n"])("takes no version %j", (version) => {
    for (const seal of [byKeys, byPassword]) expect(formOf(seal.slice(0, -2) + version)).toBeUndefined()
  })

  // 43 characters of base64 are 258 bits, and a digest has 256.
  it("takes no bits behind the digest", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for (const seal of [byKeys, byPassword]) {
      const endings = [...alphabet].filter((last) => formOf(`${seal.slice(0, -3)}${last}~2`))
      expect(endings).toHaveLength(16)
      for (const last of endings)
        expect(Buffer.from(`A${last}`, "base64url")[0]).toBe(alphabet.indexOf(last) >> 4)
    }
  })

  it("takes nothing longer than a cookie can be", () => {
    const long = (length: number) =>
      parts(byKeys)
        .with(4, "A".repeat(length - byKeys.length + (parts(byKeys)[4]?.length ?? 0)))
        .join("*")
    expect([formOf(long(MAX_COOKIE_BYTES)), formOf(long(MAX_COOKIE_BYTES + 1))]).toEqual(["keys", undefined])
  })
})
