import { describe, expect, it } from "vitest"
import { keysByHand } from "../../test-support/seals-by-hand"
import { deriveSealKeys } from "./seal-keys"

const SECRET = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")

describe("deriveSealKeys", () => {
  // Others would sign everybody out.
  it("derives what it always derived", async () => {
    const { id, encryption, integrity } = await deriveSealKeys("next-session-kit/session/v1", SECRET)
    expect([id, hex(encryption), hex(integrity)]).toMatchInlineSnapshot(`
      [
        "k5a84b64d",
        "87156d65b1829c14aa75b6bd3aa617b476e2cd41cf801ee922bcd7644ba39edb",
        "549e9f6e2bcc9f19f29afc456affafd94233329ad1f985631d0f811708cf72a7",
      ]
    `)
  })

  it.each([
    ["next-session-kit/session/v1", SECRET],
    ["", "ü🍪".repeat(40)],
    ["a:b", "x".repeat(5000)],
  ])("derives the same bytes as node:crypto: %j", async (purpose, secret) => {
    const { id, encryption, integrity } = await deriveSealKeys(purpose, secret)
    const expected = keysByHand(secret, purpose)
    expect([id, hex(encryption), hex(integrity)]).toEqual([
      expected.id,
      hex(expected.encryption),
      hex(expected.integrity),
    ])
  })

  it("derives two keys of 32 bytes that differ, and others for every purpose and secret", async () => {
    const all = await Promise.all([
      deriveSealKeys("one", SECRET),
      deriveSealKeys("two", SECRET),
      deriveSealKeys("one", `${SECRET}x`),
      deriveSealKeys("one:encryption", SECRET),
    ])
    const keys = all.flatMap(({ encryption, integrity }) => [encryption, integrity])
    expect(keys.map((key) => key.length)).toEqual(keys.map(() => 32))
    expect(new Set(keys.map(hex)).size).toBe(8)
    expect(new Set(all.map(({ id }) => id)).size).toBe(4)
    for (const { id } of all) expect(id).toMatch(/^k[0-9a-f]{8}$/)
  })
})
