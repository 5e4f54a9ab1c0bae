import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { defaultLifetimes, expiryOf, touchIsDue } from "./lifetime"

const lifetimes = { idleSeconds: 120, absoluteSeconds: 600, flashSeconds: 5 }

describe("expiryOf", () => {
  it("is the idle lifetime from now while the absolute one is far", () => {
    expect(expiryOf(1000, 1000, lifetimes)).toBe(1120)
    expect(expiryOf(1000, 1480, lifetimes)).toBe(1600)
  })

  it("never passes the absolute lifetime from creation", () => {
    expect(expiryOf(1000, 1481, lifetimes)).toBe(1600)
    expect(expiryOf(1000, 1599, lifetimes)).toBe(1600)
  })

  it("is a whole second, whatever a store made of the creation", () => {
    expect(expiryOf(1000.75, 1400, lifetimes)).toBe(1520)
    expect(expiryOf(1000.75, 1599, lifetimes)).toBe(1600)
  })

  it("is the absolute one of two where the idle one is longer", () => {
    const short = { ...lifetimes, absoluteSeconds: 60 }
    expect([1000, 1030, 1059].map((now) => expiryOf(1000, now, short))).toEqual([1060, 1060, 1060])
  })

  it("is never later than either limit, and never earlier than both", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(1000), (createdAt, age) => {
        const expiry = expiryOf(createdAt, createdAt + age, lifetimes)
        expect(expiry).toBeLessThanOrEqual(createdAt + lifetimes.absoluteSeconds)
        expect(expiry).toBeLessThanOrEqual(createdAt + age + lifetimes.idleSeconds)
        expect([createdAt + 600, createdAt + age + 120]).toContain(expiry)
      }),
      { numRuns: 1000 },
    )
  })
})

describe("touchIsDue", () => {
  it("is due after a twelfth of the idle lifetime, not before", () => {
    expect(touchIsDue(1000, 1000, lifetimes)).toBe(false)
    expect(touchIsDue(1000, 1009, lifetimes)).toBe(false)
    expect(touchIsDue(1000, 1010, lifetimes)).toBe(true)
    expect(touchIsDue(1000, 9999, lifetimes)).toBe(true)
  })

  it("is not due for a cookie written by a clock ahead of ours", () => {
    expect(touchIsDue(2000, 1000, lifetimes)).toBe(false)
  })
})

describe("defaultLifetimes", () => {
  it("are 14 days idle, 90 days absolute and 5 minutes for flash", () => {
    expect(defaultLifetimes).toEqual({
      idleSeconds: 1_209_600,
      absoluteSeconds: 7_776_000,
      flashSeconds: 300,
    })
  })
})
