import { describe, expect, it } from "vitest"
import { createActor } from "./actor.ts"
import { newSessionState } from "./state.ts"

const start = () =>
  createActor(
    newSessionState("id", 0),
    () => 0,
    () => {},
  )

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
