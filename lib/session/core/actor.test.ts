import { describe, expect, it } from "vitest"
import { createActor } from "./actor"
import { emptyState, newSessionState } from "./state"

const start = () =>
  createActor(
    newSessionState("id", 0),
    () => 0,
    () => {},
  )

it("gives the same two handles each time", () => {
  const actor = start()
  expect(actor.session).toBe(actor.session)
  expect(actor.reader).toBe(actor.reader)
})

describe("a commit under way", () => {
  it("keeps what is written meanwhile when it succeeds", () => {
    const { session, beginCommit } = start()
    session.put("a", 1)
    const started = beginCommit()
    session.put("b", 2)
    started.succeed({ ...started.state, storedId: "id", storedData: started.state.data })
    expect(session.all()).toEqual({ a: 1, b: 2 })
    expect(beginCommit().state.storedData).toEqual(new Map([["a", 1]]))
  })

  it("goes back to what was persisted when it fails, and keeps what is written meanwhile", () => {
    const { session, beginCommit } = start()
    session.put("kept", 0)
    const first = beginCommit()
    first.succeed(first.state)
    session.put("a", 1)
    const failing = beginCommit()
    session.put("b", 2)
    failing.fail()
    expect(session.all()).toEqual({ kept: 0, b: 2 })
  })
})

describe("a visitor without a session", () => {
  const visitor = () =>
    createActor(
      emptyState,
      () => 1000,
      () => {},
    )

  it("gets one by the first write, whatever that is, from then on", () => {
    for (const write of [
      ({ session }: ReturnType<typeof visitor>) => session.put("a", 1),
      ({ session }: ReturnType<typeof visitor>) => session.flash("a", 1),
      ({ session }: ReturnType<typeof visitor>) => session.increment("a"),
      ({ session }: ReturnType<typeof visitor>) => session.regenerate(),
      ({ session }: ReturnType<typeof visitor>) => session.invalidate(),
    ]) {
      const actor = visitor()
      write(actor)
      expect(actor.state()).toMatchObject({ id: expect.stringMatching(/^[\w-]{36}$/), createdAt: 1000 })
    }
  })

  it("gets none by reading, nor by undoing what was not done", () => {
    const { session, state, hasChanged } = visitor()
    session.forget("a")
    session.pull("a")
    session.keep()
    expect([session.id, session.all(), state(), hasChanged()]).toEqual(["", {}, emptyState, false])
  })

  it("keeps its id when a commit fails", () => {
    const { session, beginCommit, state } = visitor()
    session.put("a", 1)
    const { id } = session
    beginCommit().fail()
    expect([session.id, session.all(), state().createdAt]).toEqual([id, {}, 1000])
  })
})
