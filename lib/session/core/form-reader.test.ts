import { describe, expect, expectTypeOf, it } from "vitest"
import { z } from "zod"
import { createActor } from "./actor.ts"
import type { FieldNames } from "./field-names.ts"
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

describe("field names", () => {
  const schema = z.object({
    email: z.string(),
    avatar: z.file().optional(),
    address: z.object({ street: z.string() }),
    tags: z.array(z.string()),
    items: z.array(z.object({ name: z.string() })),
  })
  type Names = FieldNames<z.input<typeof schema>>

  it("are those of the schema, nested and repeated", () => {
    expectTypeOf<
      "email" | "avatar" | "address.street" | "tags" | "tags[]" | "items[0].name"
    >().toExtend<Names>()
    expectTypeOf<"mail">().not.toExtend<Names>()
    expectTypeOf<"address.city">().not.toExtend<Names>()
    expectTypeOf<"items[0].size">().not.toExtend<Names>()
    expectTypeOf<FieldNames<unknown>>().toEqualTypeOf<string>()
  })

  it("make a wrong one a compile error", () => {
    const { session } = createActor(
      newSessionState("id", 0),
      () => 0,
      () => {},
    )
    expect(session.form<typeof schema>().error("address.street")).toBe("")
    // @ts-expect-error there is no such field
    expect(session.form<typeof schema>().error("address.city")).toBe("")
  })
})
