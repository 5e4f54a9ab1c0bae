import { describe, expect, it } from "vitest"
import { createActor } from "./actor.ts"
import type { FormFeedback } from "./flash.ts"
import { createFormReader } from "./form-reader.ts"
import { newSessionState } from "./state.ts"

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

  it("keeps two forms on one page apart", () => {
    const other: FormFeedback = { bag: "password", errors: [["email", ["Another form's"]]] }
    const state = {
      ...newSessionState("id", 0),
      arrived: new Map([["d", { messages: [], forms: [feedback, other] }]]),
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
