import { describe, expect, it } from "vitest"
import { isSessionId, nextSessionId, randomDeliveryId, randomSessionId, tagOfSession } from "./random-id"

describe("randomSessionId", () => {
  it("is a tag and 192 bits, URL-safe, and never repeats", () => {
    const ids = Array.from({ length: 10_000 }, randomSessionId)
    expect(new Set(ids.map((id) => id.slice(4))).size).toBe(ids.length)
    expect(ids.every((id) => /^[A-Za-z0-9_-]{36}$/.test(id) && isSessionId(id))).toBe(true)
  })

  it("uses every bit: each position takes all 64 characters", () => {
    const ids = Array.from({ length: 4_000 }, randomSessionId)
    for (let at = 0; at < 36; at += 1) expect(new Set(ids.map((id) => id[at])).size).toBe(64)
  })
})

describe("nextSessionId", () => {
  it("keeps the tag and nothing else", () => {
    const ids = [randomSessionId()]
    for (let times = 0; times < 1000; times += 1) ids.push(nextSessionId(ids.at(-1) ?? ""))
    expect(new Set(ids.map(tagOfSession)).size).toBe(1)
    expect(new Set(ids.map((id) => id.slice(4))).size).toBe(ids.length)
    for (let at = 4; at < 36; at += 1) expect(new Set(ids.map((id) => id[at])).size).toBe(64)
    expect(ids.every(isSessionId)).toBe(true)
  })

  it("gives a tag to what has none: no session yet, or one of an earlier version", () => {
    for (const before of ["", "A".repeat(32)]) {
      expect(tagOfSession(before)).toBe("")
      expect(tagOfSession(nextSessionId(before))).toMatch(/^[\w-]{4}$/)
    }
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
    "a".repeat(35),
    "a".repeat(37),
    `${"a".repeat(36)}\n`,
    `${"a".repeat(31)}=`,
    `${"a".repeat(32)}\n`,
    "ä".repeat(32),
  ])("is false for %j", (id) => {
    expect(isSessionId(id)).toBe(false)
  })

  it("is true for the ids of an earlier version, which have no tag", () => {
    expect(isSessionId("a".repeat(32))).toBe(true)
  })
})
