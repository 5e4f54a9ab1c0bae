import { expect, it } from "vitest"
import { setup } from "../index"
import { memoryStore } from "../stores/memory"

const { FlashMessages } = setup({ store: memoryStore() })

it("refuses, by name, to have messages shown by what is no client component", async () => {
  function ServerToaster() {
    return null
  }
  await expect(FlashMessages({ as: ServerToaster, prerendered: true })).rejects.toMatchObject({
    code: "SESSION_OPTIONS_INVALID",
    message: expect.stringMatching(/ServerToaster is no client component.*"use client"/s),
  })
  const reference = Object.assign(() => null, { $$typeof: Symbol.for("react.client.reference") })
  await expect(FlashMessages({ as: reference, prerendered: true })).resolves.toBeDefined()
})
