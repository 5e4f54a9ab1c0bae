import { describe, expect, it } from "vitest"
import { boundFeedback } from "./bound-feedback"
import type { Delivery, FormFeedback } from "./flash"
import { jsonBytes } from "./json"

const form = (typed: number, messages = 1): FormFeedback => ({
  bag: "",
  old: typed > 0 ? [["text", ["x".repeat(typed)]]] : [],
  errors: [["email", Array.from({ length: messages }, () => "m".repeat(500))]],
})
const deliveries = (...forms: FormFeedback[]) =>
  new Map(
    forms.map((each, at): [string, Delivery] => [
      `${at}`,
      { to: "/", expiresAt: at, messages: [], forms: [each] },
    ]),
  )
const typedIn = (waiting: ReadonlyMap<string, Delivery>) =>
  [...waiting.values()].map(({ forms }) => forms[0]?.old?.[0]?.[1][0]?.length ?? 0)

describe("what waits for all forms of a session", () => {
  it("is left alone while there is little of it: the same objects", () => {
    const waiting = deliveries(form(10_000), form(10_000), form(10_000))
    expect(boundFeedback(waiting)).toEqual({ waiting, fields: [] })
    expect(boundFeedback(waiting).waiting).toBe(waiting)
  })

  it("is within what one may have: the oldest lose what was typed, and say so", () => {
    const waiting = deliveries(form(20_000), form(1000), form(15_000), form(15_000))
    const bounded = boundFeedback(waiting)
    expect(typedIn(bounded.waiting)).toEqual([0, 1000, 15_000, 15_000])
    expect(bounded.fields).toEqual(["text"])
    expect(bounded.waiting.get("0")?.forms[0]).toMatchObject({ trimmed: true, errors: form(0).errors })
    expect(bounded.waiting.get("1")).toBe(waiting.get("1"))
  })

  it("keeps the first message of each form, when there are too many", () => {
    const bounded = boundFeedback(deliveries(...Array.from({ length: 8 }, () => form(0, 20))))
    const counts = [...bounded.waiting.values()].map(({ forms }) => forms[0]?.errors[0]?.[1].length)
    expect(counts).toEqual([1, 1, 1, 1, 1, 1, 1, 20])
    expect(jsonBytes([...bounded.waiting.values()])).toBeLessThan(16_384)
  })

  it("leaves to the last one all that it has, and bounds twice as it bounds once", () => {
    const waiting = deliveries(form(1), form(40_000, 40))
    const once = boundFeedback(waiting)
    expect(once.waiting.get("1")).toBe(waiting.get("1"))
    expect(boundFeedback(once.waiting).waiting).toBe(once.waiting)
  })

  it("counts the forms of one delivery as well", () => {
    const delivery: Delivery = { to: "/", expiresAt: 1, messages: [], forms: [form(30_000), form(30_000)] }
    const [bounded] = boundFeedback(new Map([["d", delivery]])).waiting.values()
    // Nothing is known of what was sent, so that an unticked box is not taken for one that nobody saw.
    expect(bounded?.forms.map(({ old }) => old?.length)).toEqual([undefined, 1])
  })
})
