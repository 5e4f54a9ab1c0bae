import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { createFormReader } from "../core/form-reader"
import { choice, errorId, field } from "./field"
import { formFeedback } from "./feedback"
import { readForm } from "./read-form"
import { arbitraryText } from "../test-support/arbitrary"

/** The form as its page reads it after `fields` came back. */
function sentBack(fields: [string, string][], errors: [string, string][] = [["other", "Wrong"]]) {
  const data = new FormData()
  for (const [name, value] of fields) data.append(name, value)
  const form = formFeedback(readForm(data), errors, {}, () => {})
  return createFormReader("", () => ({ id: "d", form }))
}

const nobody = createFormReader("", () => undefined)

describe("field", () => {
  it("holds what was typed, also nothing, and before that what the page gives", () => {
    const form = sentBack([
      ["name", "Ada"],
      ["street", ""],
    ])
    expect([
      field(form, "name", "Bob").defaultValue,
      field(form, "street", "Main Road").defaultValue,
    ]).toEqual(["Ada", ""])
    expect([field(nobody, "name", "Bob").defaultValue, field(nobody, "name").defaultValue]).toEqual([
      "Bob",
      "",
    ])
  })

  it.each<[string, [string, string][]]>([
    ["email", []],
    ["iban", [["iban", "GB00"]]],
    ["inviteToken", [["inviteToken", "abc"]]],
    ["story", [["story", "x".repeat(40_000)]]],
  ])("falls back to what the page gives when %s is not given back", (name, fields) => {
    const form = sentBack([["name", "Ada"], ...fields])
    expect(field(form, name, "saved").defaultValue).toBe("saved")
    expect(form.old(name)).toBe("")
  })

  it("stays empty when it was emptied, also where its name says secret", () => {
    const form = sentBack([["iban", ""]])
    expect([field(form, "iban", "DE123").defaultValue, form.wasWithheld("iban")]).toEqual(["", false])
  })

  it("is tied to what says that it has to be entered again", () => {
    const form = sentBack([
      ["iban", "GB00"],
      ["story", "x".repeat(40_000)],
    ])
    for (const name of ["iban", "story"]) {
      expect(field(form, name, "saved")).toMatchObject({
        "aria-invalid": undefined,
        "aria-describedby": errorId(form, name),
      })
    }
  })

  it("is tied to its message", () => {
    const form = sentBack([], [["email", "Wrong"]])
    expect(field(form, "email")).toMatchObject({
      "aria-invalid": true,
      "aria-describedby": errorId(form, "email"),
    })
    expect(field(form, "name")["aria-invalid"]).toBeUndefined()
  })
})

describe("choice", () => {
  const ticked = (form: typeof nobody, name: string, values: string[], given: string[]) =>
    values.filter((value) => choice(form, name, value, given.includes(value)).defaultChecked)

  it("holds what was ticked, of one box, of a group and of radio buttons", () => {
    const form = sentBack([
      ["topics[]", "b"],
      ["plan", "pro"],
    ])
    expect(ticked(form, "topics[]", ["a", "b", "c"], ["a"])).toEqual(["b"])
    expect(ticked(form, "plan", ["free", "pro"], ["free"])).toEqual(["pro"])
    expect(ticked(form, "newsletter", ["on"], ["on"])).toEqual([])
    expect(ticked(nobody, "topics[]", ["a", "b"], ["a"])).toEqual(["a"])
  })

  it("keeps what the page gives for a name that says secret, and where text was too long", () => {
    expect(ticked(sentBack([["showPassword", "on"]]), "showPassword", ["on"], ["on"])).toEqual(["on"])
    expect(ticked(sentBack([["cardNumbers[]", "1"]]), "cardNumbers[]", ["1", "2"], ["2"])).toEqual(["2"])
    const long: [string, string][] = [
      ["story", "x".repeat(40_000)],
      ...Array.from({ length: 100 }, (_, n): [string, string] => ["tags[]", `${n}`.repeat(200)]),
    ]
    expect(ticked(sentBack(long), "tags[]", ["a"], ["a"])).toEqual(["a"])
  })

  it("stays as it was left beside text that was too long", () => {
    const long: [string, string] = ["story", "x".repeat(40_000)]
    expect(ticked(sentBack([long]), "topics[]", ["news"], ["news"])).toEqual([])
    expect(ticked(sentBack([long, ["plan", "pro"]]), "plan", ["free", "pro"], ["free"])).toEqual(["pro"])
  })

  it("keeps what the page gives where the form went on unread", () => {
    const fields = Array.from({ length: 1001 }, (_, n): [string, string] => [`f${n}`, "x"])
    expect(ticked(sentBack(fields), "news", ["on"], ["on"])).toEqual(["on"])
  })
})

describe("errorId", () => {
  it("is readable for plain names", () => {
    expect(errorId({ bag: "" }, "address.street")).toBe("address.street-error")
    expect(errorId({ bag: "password" }, "items[0].name")).toBe("password-items[0].name-error")
  })

  it("has no white space and is another one for another bag or name", () => {
    const text = fc.oneof(
      arbitraryText(4),
      fc
        .array(fc.constantFrom("a", "-", " ", "%", "20", ";", "%20;", "error", "\n", "🍪", "\ud800"), {
          maxLength: 4,
        })
        .map((parts) => parts.join("")),
    )
    const seen = new Map<string, string>()
    fc.assert(
      fc.property(text, text, (bag, name) => {
        const id = errorId({ bag }, name)
        expect(id).toMatch(/^[\w.[\]%;-]+$/)
        const place = JSON.stringify([bag, name])
        expect(seen.get(id) ?? place).toBe(place)
        seen.set(id, place)
      }),
      { numRuns: 5000 },
    )
    expect(seen.size).toBeGreaterThan(1000)
  })
})
