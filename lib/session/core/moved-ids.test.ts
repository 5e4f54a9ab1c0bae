import { describe, expect, it } from "vitest"
import { createMovedIds, MOVED_SECONDS, noMovedIds } from "./moved-ids"

describe("moved ids", () => {
  it("lead an end to every id a session had since, and again when it is asked for again", () => {
    const moved = createMovedIds()
    moved.move("a", "b", 0)
    moved.move("b", "c", 1)
    moved.move("x", "y", 1)
    expect(moved.end("a", 2)).toEqual(["a", "b", "c"])
    expect(moved.end("a", 2)).toEqual(["a", "b", "c"])
    expect(moved.end("b", 2)).toEqual(["b", "c"])
    expect(["a", "b", "c", "x", "y"].map((id) => moved.isOver(id, 2))).toEqual([
      true,
      true,
      true,
      true,
      false,
    ])
  })

  it("lead nowhere after a minute", () => {
    const moved = createMovedIds()
    moved.move("a", "b", 0)
    expect(moved.end("a", MOVED_SECONDS)).toEqual(["a"])
    moved.move("c", "d", 100)
    expect(moved.end("c", 100 + MOVED_SECONDS - 1)).toEqual(["c", "d"])
    expect(moved.isOver("d", 100 + 2 * MOVED_SECONDS - 1)).toBe(false)
  })

  it("are forgotten as new ones come: what they hold is what happened in the last minute", () => {
    const moved = createMovedIds()
    const size = process.memoryUsage().heapUsed
    for (let second = 0; second < 200_000; second += 1) moved.move(`${second}`, `${second + 1}`, second)
    expect(moved.end(String(200_000 - MOVED_SECONDS), 199_999)).toHaveLength(MOVED_SECONDS + 1)
    expect(moved.end(String(199_000), 199_999)).toEqual(["199000"])
    expect(process.memoryUsage().heapUsed - size).toBeLessThan(50 * 1024 * 1024)
  })

  it("are none where no store keeps sessions", () => {
    noMovedIds.move("a", "b", 0)
    expect([noMovedIds.end("a", 0), noMovedIds.isOver("a", 0)]).toEqual([["a"], false])
  })
})
