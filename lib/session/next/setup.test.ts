import { describe, expect, it } from "vitest"
import { z } from "zod"
import { emptySession } from "../core/empty-session"
import type { SessionEvent } from "../core/events"
import { memoryStore } from "../stores/memory/memory-store"
import { setup } from "./setup"
import type { BackSignal } from "../forms/back-signal"

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

describe("validate and back", () => {
  it("refuses a secret field that no name of a field could be", () => {
    expect(() => setup({ secretFields: ["ssn", "🍪"] })).toThrow(
      expect.objectContaining({
        code: "SESSION_OPTIONS_INVALID",
        message: expect.stringContaining('"🍪"'),
      }),
    )
  })

  const events: SessionEvent[] = []
  const { validate, back } = setup({
    store: memoryStore(),
    secretFields: ["nickname"],
    visibleFields: ["pincode"],
    onEvent: (event) => void events.push(event),
  })
  const session = emptySession()
  const typed = { name: "Ada", nickname: "Countess", pincode: "110001", boarding: "A", pass: "hunter2" }

  it("know the app's secret and visible fields besides their own", async () => {
    const options = { secretFields: ["boarding"], visibleFields: ["pass"] }
    const { feedback } = await validate(session, z.object({ email: z.email() }), formOf(typed), options).then(
      () => expect.unreachable(),
      (signal: BackSignal) => signal,
    )
    expect(Object.fromEntries(feedback?.old ?? [])).toEqual({
      name: ["Ada"],
      pincode: ["110001"],
      pass: ["hunter2"],
    })
    try {
      back(session, { input: formOf(typed) })
    } catch (signal) {
      const given = (signal as BackSignal).feedback?.old?.map(([name]) => name)
      expect(given).toEqual(["name", "pincode", "boarding"])
    }
    expect.assertions(2)
  })

  it("tell the app's hook of what is too long", async () => {
    const long = formOf({ name: "x".repeat(50_000) })
    await validate(session, z.object({ email: z.email() }), long).catch(() => {})
    expect(() => back(session, { input: long })).toThrow("ends a withSession() callback")
    await validate(session, z.any(), formOf({ ["n".repeat(201)]: "" })).catch(() => {})
    expect(events).toEqual([
      { type: "old-input-trimmed", fields: ["name"] },
      { type: "old-input-trimmed", fields: ["name"] },
      { type: "form-too-large", limit: "name" },
    ])
  })
})
