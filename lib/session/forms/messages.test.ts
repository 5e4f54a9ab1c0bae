import { type as ark } from "arktype"
import * as v from "valibot"
import { describe, expect, it } from "vitest"
import { z } from "zod"
import { jsonBytes } from "../core/json"
import { MAX_ERROR_BYTES, MAX_MESSAGE_CHARACTERS, MAX_NAME_CHARACTERS } from "../core/limits"
import { collectMessages, messagesOf, type FieldMessage } from "./messages"

describe("messagesOf", () => {
  it.each([
    ["Zod", z.object({ a: z.string(), b: z.string() }).refine(({ a, b }) => a === b, "They differ")],
    [
      "Valibot",
      v.pipe(
        v.object({ a: v.string(), b: v.string() }),
        v.check(({ a, b }) => a === b, "They differ"),
      ),
    ],
    [
      "ArkType",
      ark({ a: "string", b: "string" }).narrow(
        ({ a, b }, ctx) => a === b || ctx.reject({ message: "They differ" }),
      ),
    ],
  ])("puts what %s says of the whole under no name", async (_, schema) => {
    const { issues = [] } = await schema["~standard"].validate({ a: "1", b: "2" })
    expect([...messagesOf(issues)]).toEqual([["", "They differ"]])
  })

  it("names no step beyond the limit", () => {
    const path = Array.from({ length: 10_000 }, () => "a")
    expect([...messagesOf([{ message: "x", path }])]).toEqual([
      [Array.from({ length: 12 }, () => "a").join("."), "x"],
    ])
  })
})

describe("collectMessages", () => {
  it("collects every message per field, in order", () => {
    const given: FieldMessage[] = [
      ["b", "1"],
      ["a", "2"],
      ["b", "3"],
      ["", "4"],
    ]
    expect(collectMessages(given, [])).toEqual([
      ["b", ["1", "3"]],
      ["a", ["2"]],
      ["", ["4"]],
    ])
  })

  it("keeps ten per field, and looks at a thousand", () => {
    const same = Array.from({ length: 999 }, (_, n): FieldMessage => ["a", `${n}`])
    const ten = Array.from({ length: 10 }, (_, n) => `${n}`)
    expect(collectMessages([...same, ["b", "x"], ["c", "y"]], [])).toEqual([
      ["a", ten],
      ["b", ["x"]],
    ])
  })

  it("keeps what fits, of long messages and of long names", () => {
    const long = "x".repeat(100_000)
    const [[field, [message]] = ["", [""]]] = collectMessages([[long, long]], [])
    expect([field.length, message?.length]).toEqual([MAX_NAME_CHARACTERS, MAX_MESSAGE_CHARACTERS + 1])
    for (const unit of ["x", "\u0000", "🍪"]) {
      const many = Array.from({ length: 1000 }, (_, n): FieldMessage => [`${unit}${n}`, unit.repeat(1000)])
      const kept = collectMessages(many, [])
      expect(kept.length).toBeGreaterThan(3)
      expect(jsonBytes(kept)).toBeLessThanOrEqual(MAX_ERROR_BYTES + 2)
    }
  })

  const secret = 'hunter "2"'
  it.each([
    ["Valibot", v.object({ password: v.pipe(v.string(), v.regex(/^\w+$/)) })],
    ["ArkType", ark({ password: /^\w+$/ })],
    ["ArkType, of the whole", ark({ password: "string" }).narrow(() => false)],
  ])("ends a message before the secret it quotes: %s", async (_, schema) => {
    const { issues = [] } = await schema["~standard"].validate({ password: secret })
    const quoted = collectMessages(messagesOf(issues), [])
    expect(JSON.stringify(quoted)).toContain("hunter")
    const [[, [message = ""]] = ["", []]] = collectMessages(messagesOf(issues), [secret])
    expect(message).toMatch(/^.{10,}"…$/)
    expect(message).not.toContain("hunter")
  })

  it("ends it before a long secret, and leaves alone what only looks like one", () => {
    const long = "correct horse battery staple, and more of it"
    expect(collectMessages([["p", `was "${long}"`]], [long])).toEqual([["p", ['was "…']]])
    expect(collectMessages([["p", `was "${long.slice(0, 35)}…"`]], [long])).toEqual([["p", ['was "…']]])
    const harmless = 'Enter an "e-mail" address'
    expect(collectMessages([["p", harmless]], ["", "Enter", "e", "mail"])).toEqual([["p", [harmless]]])
  })
})
