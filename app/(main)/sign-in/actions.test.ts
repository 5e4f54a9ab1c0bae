import { expect, it } from "vitest"
import { createVisitor, formData } from "next-session-kit/testing"
import * as kit from "@/app/session"
import middleware from "@/middleware"
import { signIn, signOut } from "./actions"

const ada = formData({ email: "ada@example.com", password: "first-programmer" })

it("signs in: a new id, a welcome, on to the dashboard", async () => {
  const visitor = createVisitor(kit, { at: "/sign-in", data: { cart: { pencil: 1 } } })
  const before = await visitor.open("/sign-in")
  expect(await visitor.call(signIn, ada)).toMatchObject({
    redirectedTo: "/dashboard",
    flashed: [{ key: "success", value: "Welcome back, Ada", to: "/dashboard" }],
    session: { id: expect.not.stringContaining(before.id), data: { userId: "ada", cart: { pencil: 1 } } },
  })
})

it("goes where a signed-out person wanted to go", async () => {
  const visitor = createVisitor(kit, { middleware })
  const page = await visitor.open("/dashboard")
  expect([visitor.at, page.getFlash("warning")]).toEqual(["/sign-in", "Please sign in first"])
  expect(page.get("intended")).toBe("/dashboard")
  expect(await visitor.call(signIn, ada)).toMatchObject({ redirectedTo: "/dashboard" })
})

it.each([
  [{ email: "ada@example.com", password: "wrong" }, "No one here has this e-mail and password"],
  [{ email: "ada", password: "wrong" }, "Enter an e-mail address"],
])("sends %o back, without the password", async (fields, message) => {
  const refused = await createVisitor(kit).call(signIn, formData(fields))
  expect(refused.errors).toEqual({ email: [message] })
  expect(refused.old).toEqual({ email: fields.email })
  expect(refused.session.data).toEqual({})
})

it("signs out: nothing is kept but the message", async () => {
  const visitor = createVisitor(kit, { data: { userId: "ada" } })
  const left = await visitor.call(signOut)
  expect([left.redirectedTo, left.session.data]).toEqual(["/", {}])
  expect((await visitor.open("/")).getFlash("success")).toBe("You are signed out")
})
