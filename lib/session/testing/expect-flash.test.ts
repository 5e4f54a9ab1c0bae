import { expect, it } from "vitest"
import { expectFlash, expectNoFlash, type FlashPage, type ShownMessage } from "next-session-kit/testing"

/** A page that shows these, one after the other each time somebody looks, and the last from then on. */
function pageOf(...states: (ShownMessage[] | Error)[]): FlashPage {
  let looks = 0
  const look = async () => {
    const state = states[Math.min(looks, states.length - 1)] ?? []
    looks += 1
    if (state instanceof Error) throw state
    return state
  }
  return { locator: () => ({ evaluateAll: look }) }
}

const saved = { kind: "success", text: "Note saved" }
const failed = { kind: "error", text: "No room" }
const briefly = { timeout: 0 }

it("waits for the one message, by its whole text or a pattern", async () => {
  await expectFlash(pageOf([], [failed], [failed, saved]), "success", "Note saved")
  await expectFlash(pageOf([saved]), "success", /saved/g)
  await expectFlash(pageOf(new Error("The page navigates"), [saved]), "success", /saved/)
})

it.each([
  ["none", [], "success", "Note saved", "and it was not. No message is shown."],
  ["another", [failed], "success", /saved/, 'and it was not. Shown:\n  error: "No room"'],
  ["another kind", [saved], "error", "Note saved", 'and it was not. Shown:\n  success: "Note saved"'],
  ["part of the text", [saved], "success", "saved", 'the text "saved", and it was not.'],
  ["twice", [saved, saved], "success", /saved/, "and it was shown 2 times."],
])("says what was shown instead: %s", async (_name, shown, kind, text, message) => {
  await expect(expectFlash(pageOf(shown), kind, text, briefly)).rejects.toThrow(message)
})

it("passes on what the browser says when it cannot look at all", async () => {
  await expect(expectFlash(pageOf(new Error("Page closed")), "success", /x/, briefly)).rejects.toThrow(
    "Page closed",
  )
})

it("waits until no message is left, or none of a kind", async () => {
  await expectNoFlash(pageOf([saved], []))
  await expectNoFlash(pageOf([saved]), "error")
  await expect(expectNoFlash(pageOf([saved]), undefined, briefly)).rejects.toThrow(
    'Expected no message, and there was. Shown:\n  success: "Note saved"',
  )
  await expect(expectNoFlash(pageOf([failed]), "error", briefly)).rejects.toThrow('no message "error"')
})
