import { describe, expect, it } from "vitest"
import { isSessionId, randomDeliveryId, randomSessionId } from "./random-id"

describe("randomSessionId", () => {
  it("is 192 bits that are URL-safe and never repeat", () => {
    const ids = Array.from({ length: 10_000 }, randomSessionId)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => /^[A-Za-z0-9_-]{32}$/.test(id) && isSessionId(id))).toBe(true)
  })

  it("uses every bit: each position takes all 64 characters", () => {
    const ids = Array.from({ length: 4_000 }, randomSessionId)
    for (let at = 0; at < 32; at += 1) expect(new Set(ids.map((id) => id[at])).size).toBe(64)
  })
})

describe("randomDeliveryId", () => {
  it("is 96 bits in 16 URL-safe characters", () => {
    expect(randomDeliveryId()).toMatch(/^[\w-]{16}$/)
  })
})

describe("isSessionId", () => {
  it.each([
    "",
    "a",
    "a".repeat(31),
    "a".repeat(33),
    `${"a".repeat(31)}=`,
    `${"a".repeat(32)}\n`,
    "ä".repeat(32),
  ])("is false for %j", (id) => {
    expect(isSessionId(id)).toBe(false)
  })
})
