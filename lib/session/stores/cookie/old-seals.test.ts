import { describe, expect, it } from "vitest"
import { randomSessionId } from "../../core/random-id"
import { packCookieValue } from "../../next/cookies"
import { createPerson } from "../../test-support/person"
import { passwordByHand, sealByPassword } from "../../test-support/seals-by-hand"
import { createClock } from "../../testing/clock"
import { cookieStore } from "./cookie-store"
import { formOf } from "./seal-form"

const SECRET = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"
const HOUR = 3600

/** Somebody whose cookie was sealed before 0.1.0, by a password. */
async function returning() {
  const clock = createClock()
  const now = clock.now() / 1000
  const id = randomSessionId()
  const content = { id, createdAt: now, expiresAt: now + 14 * 24 * HOUR, _data: { user: "7" }, _flash: {} }
  const cookie = packCookieValue(now, await sealByPassword(content, passwordByHand(SECRET)))
  const store = cookieStore({ secret: SECRET, now: clock.now })
  const person = createPerson({ store, now: clock.now }, new Map([["session", cookie]]))
  const form = () => formOf(person.jar.get("session")?.split(/\.(.*)/)[1] ?? "")
  return { clock, id, person, form }
}

describe("a session that was sealed before 0.1.0, by a password", () => {
  it("is read, with its id, and no cookie is set", async () => {
    const { id, person, form } = await returning()
    const { cookies } = await person.act((session) => expect(session.id).toBe(id))
    expect([cookies, form()]).toEqual([[], "password"])
    expect((await person.open("/")).all()).toEqual({ user: "7" })
  })

  it("is sealed by keys at its next write", async () => {
    const { id, person, form } = await returning()
    await person.act((session) => session.put("n", 1))
    expect(form()).toBe("keys")
    const page = await person.open("/")
    expect([page.id, page.all()]).toEqual([id, { user: "7", n: 1 }])
  })

  it("is sealed by keys when it is renewed, and is not before that is due", async () => {
    const { clock, id, person, form } = await returning()
    clock.advance(27 * HOUR)
    await person.act(() => {})
    expect(form()).toBe("password")
    clock.advance(2 * HOUR)
    await person.act(() => {})
    expect(form()).toBe("keys")
    const page = await person.open("/")
    expect([page.id, page.all()]).toEqual([id, { user: "7" }])
  })

  it("is over when it expires", async () => {
    const { clock, person } = await returning()
    clock.advance(14 * 24 * HOUR)
    expect((await person.open("/")).all()).toEqual({})
  })
})
