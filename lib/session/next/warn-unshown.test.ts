import { beforeEach, expect, it, vi } from "vitest"
import type { FlashContent } from "../core/flash"
import { createReader } from "../core/reader"
import { newSessionState, noHeldFlash } from "../core/state"
import { defaultKinds } from "../core/flash-kinds"
import { warnOfUnshown } from "./warn-unshown"

const afterwards: (() => void)[] = []
vi.mock("next/server", () => ({ after: (callback: () => void) => void afterwards.push(callback) }))

let print = vi.spyOn(console, "warn")

beforeEach(() => {
  afterwards.length = 0
  vi.stubEnv("NODE_ENV", "development")
  print = vi
    .spyOn(console, "warn")
    .mockReset()
    .mockImplementation(() => {})
  Reflect.deleteProperty(globalThis, Symbol.for("next-session-kit.printed"))
})

function arrive(messages: FlashContent["messages"], read: string[] = [], kinds = defaultKinds): string[] {
  const arrived = new Map([["id", { messages, forms: [] }]])
  const page = createReader(() => ({ ...newSessionState("id", 0), flash: { ...noHeldFlash, arrived } }))
  warnOfUnshown(arrived, kinds)
  for (const key of read) page.getFlash(key)
  for (const callback of afterwards) callback()
  return print.mock.calls.map(([text]) => String(text))
}

it("says nothing of what the banner shows", () => {
  expect(arrive([["success", "Saved"]])).toEqual([])
  expect(arrive([["notice", "Saved"]], [], { notice: "status" })).toEqual([])
})

it("names a key that nobody shows, and what to do", () => {
  const [warning = "", ...more] = arrive([["notice", "Saved"]])
  expect(more).toEqual([])
  expect(warning).toContain('flash("notice", …)')
  expect(warning).toContain('kinds={{ "notice": "status" }}')
  expect(warning).toContain('session.getFlash("notice")')
  expect(warning).toContain("SESSION_FLASH_NOT_SHOWN")
  expect(warning).not.toContain("Saved")
})

it("names a key whose value is no text", () => {
  expect(arrive([["success", { title: "Saved" }]])[0]).toContain('flash("success", …)')
})

it("says nothing of what the page reads, even after the banner", () => {
  expect(arrive([["notice", "Saved"]], ["notice"])).toEqual([])
  expect(arrive([["success", { title: "Saved" }]], ["success"])).toEqual([])
  expect(arrive([["notice", "Saved"]], ["other"])).toHaveLength(1)
})

it("says it once", () => {
  arrive([["notice", "Saved"]])
  expect(arrive([["notice", "Saved"]])).toHaveLength(1)
})

it("says nothing in production", () => {
  vi.stubEnv("NODE_ENV", "production")
  expect(arrive([["notice", "Saved"]])).toEqual([])
})
