import { describe, expect, it } from "vitest"
import { createActor } from "./actor"
import type { FormFeedback } from "./flash"
import { createFormReader } from "./form-reader"
import { newSessionState, noHeldFlash } from "./state"

const feedback: FormFeedback = {
  bag: "",
  old: [
    ["tags[]", ["a", "b"]],
    ["email", ["ada@"]],
  ],
  errors: [
    ["email", ["Not an e-mail address", "Too short"]],
    ["tags[1]", ["Taken"]],
    ["", ["Try again later"]],
  ],
}
const reader = createFormReader("", () => ({ id: "d", form: feedback }))

describe("a form reader", () => {
  it("reads fields, lists under either notation, and the form as a whole", () => {
    expect([reader.old("email"), reader.oldAll("tags"), reader.oldAll("tags[]")]).toEqual([
      "ada@",
      ["a", "b"],
      ["a", "b"],
    ])
    expect([reader.error("email"), reader.errors("email").length]).toEqual(["Not an e-mail address", 2])
    expect([
      reader.error("tags[]"),
      reader.error("tags"),
      reader.error("tags[1]"),
      reader.error("tags[0]"),
    ]).toEqual(["Taken", "Taken", "Taken", ""])
    expect([reader.error(), reader.errors().length, reader.hasError()]).toEqual(["Try again later", 4, true])
  })

  it("tells an unticked checkbox from a form nobody sent", () => {
    expect(reader.oldAll("newsletter")).toEqual([])
    expect(createFormReader("", () => undefined).oldAll("newsletter")).toBeUndefined()
  })

  it("does not know a field that was withheld, nor any that is missing where the form was read no more", () => {
    const read = (rest: Partial<FormFeedback>) =>
      createFormReader("", () => ({ id: "d", form: { ...feedback, ...rest } }))
    const withheld = read({ withheld: ["showPassword", "tokens[]"], trimmed: true })
    const names = ["showPassword", "tokens", "newsletter", "email"]
    expect(names.map((name) => [withheld.oldAll(name), withheld.wasWithheld(name)])).toEqual([
      [undefined, true],
      [undefined, true],
      [[], false],
      [["ada@"], false],
    ])
    const unread = read({ unread: true })
    expect([unread.oldAll("newsletter"), unread.oldAll("email")]).toEqual([undefined, ["ada@"]])
    expect(createFormReader("", () => undefined).wasWithheld("email")).toBe(false)
  })

  it("finds messages under any notation of a list", () => {
    const errors: FormFeedback["errors"] = [
      ["tags[]", ["By hand"]],
      ["rows[0][2]", ["Too long"]],
      ["[0]", ["The first of all"]],
    ]
    const read = createFormReader("", () => ({ id: "d", form: { bag: "", errors } }))
    expect([
      read.error("tags"),
      read.error("tags[]"),
      read.error("rows[0]"),
      read.error("rows[0][]"),
    ]).toEqual(["By hand", "By hand", "Too long", "Too long"])
    expect([read.error("rows[0][2]"), read.error("rows"), read.error(), read.error("[0]")]).toEqual([
      "Too long",
      "",
      "",
      "The first of all",
    ])
  })

  it("gives lists that nobody else can change", () => {
    reader.oldAll("tags")?.push("x")
    reader.errors("email").push("x")
    expect([reader.oldAll("tags"), reader.errors("email").length]).toEqual([["a", "b"], 2])
  })

  it("keeps two forms on one page apart", () => {
    const other: FormFeedback = { bag: "password", errors: [["email", ["Another form's"]]] }
    const state = {
      ...newSessionState("id", 0),
      flash: { ...noHeldFlash, arrived: new Map([["d", { messages: [], forms: [feedback, other] }]]) },
    }
    const { session } = createActor(
      state,
      () => 0,
      () => {},
    )
    expect(session.errors("email")).toEqual(["Not an e-mail address", "Too short"])
    expect(session.form("password").errors("email")).toEqual(["Another form's"])
    expect(session.form("unknown").hasError()).toBe(false)
  })
})
