import { describe, expect, it } from "vitest"
import type { FlashContent } from "./flash"
import { arrivedDeliveries, divide, noticesOf, takenDeliveries } from "./arrived"
import { defaultKinds } from "./flash-kinds"

const feedback = { bag: "", errors: [["name", ["Too short"]]] } as const

function arrived(content: Partial<FlashContent>) {
  const delivery = { messages: [], forms: [], ...content }
  return arrivedDeliveries(new Map([["id", delivery]]), "flash_", defaultKinds)
}

describe("arrivedDeliveries", () => {
  it("gives text, under the keys the banner shows, with its role and a key of its own", () => {
    const messages = [
      ["success", "Saved"],
      ["error", "But"],
      ["success", "Saved"],
    ] as const
    expect(arrived({ messages })).toEqual([
      {
        id: "id",
        notices: [
          { key: "id.0", origin: "id.0", kind: "success", role: "status", text: "Saved" },
          { key: "id.1", origin: "id.1", kind: "error", role: "alert", text: "But" },
          { key: "id.2", origin: "id.2", kind: "success", role: "status", text: "Saved" },
        ],
      },
    ])
  })

  it.each<[string, Partial<FlashContent>]>([
    ["a key the banner does not know", { messages: [["notice", "Saved"]] }],
    ["a key every object has", { messages: [["constructor", "Saved"]] }],
    ["a value that is no message", { messages: [["success", { title: "Saved" }]] }],
    ["form feedback", { forms: [feedback] }],
  ])("leaves %s to the page, and sends nothing of it to the browser", (_, content) => {
    expect(arrived(content)).toEqual([{ id: "id", notices: [], more: true }])
  })

  it("shows what it can of a delivery that holds more", () => {
    const [delivery] = arrived({ messages: [["success", "Saved"]], forms: [feedback] })
    expect(delivery).toMatchObject({ notices: [{ text: "Saved" }], more: true })
  })
})

describe("a message of more than a text", () => {
  const action = { label: "Undo", post: "/undo" }

  it("comes with all its parts", () => {
    const value = { text: "Gone", description: "For now.", action, seconds: 8 }
    expect(arrived({ messages: [["success", value]] })).toEqual([
      { id: "id", notices: [{ key: "id.0", origin: "id.0", kind: "success", role: "status", ...value }] },
    ])
  })

  it("has a key of its own by its id, and takes the place of an earlier one with that", () => {
    const content = (text: string, id = "note") => ({
      messages: [["success", { text, id }]] as const,
      forms: [],
    })
    const several = new Map([
      ["a", content("Saving")],
      ["b", content("Other", "other")],
      ["c", content("Saved")],
    ])
    const notices = noticesOf(arrivedDeliveries(several, "flash_", defaultKinds))
    expect(notices.map(({ key, text }) => [key, text])).toEqual([
      ["#note", "Saved"],
      ["#other", "Other"],
    ])
  })
})

describe("several banners on a page", () => {
  it("divide a delivery, so that each message is shown by the first that shows its kind", () => {
    const messages = [
      ["success", { text: "Saved" }, "id.0"],
      ["error", { text: "But" }, "id.1"],
      ["chat", { text: "Hello" }, "id.2"],
    ] as const
    const [errors, afterErrors] = divide({ id: "id", messages, more: false }, { error: "alert" })
    expect(errors.notices.map(({ origin, text }) => [origin, text])).toEqual([["id.1", "But"]])
    const [usual, rest] = divide(afterErrors, defaultKinds)
    expect(usual.notices.map(({ origin, text }) => [origin, text])).toEqual([["id.0", "Saved"]])
    expect(rest).toEqual({ id: "id", messages: [messages[2]], more: false })
  })
})

describe("takenDeliveries", () => {
  it("gives every message, and no other value", () => {
    const messages: FlashContent["messages"] = [
      ["notice", "Saved"],
      ["order", { id: 7 }],
    ]
    expect(takenDeliveries(new Map([["id", { messages, forms: [feedback] }]]), "flash_admin_")).toEqual([
      { id: "admin_id", messages: [["notice", { text: "Saved" }, "admin_id.0"]], more: true },
    ])
  })
})
