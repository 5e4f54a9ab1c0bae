import { describe, expect, it } from "vitest"
import type { FlashContent } from "./flash"
import { arrivedDeliveries, takenDeliveries } from "./arrived"
import { defaultKinds } from "./flash-kinds"

const feedback = { bag: "", errors: [["name", ["Too short"]]] } as const

function arrived(content: Partial<FlashContent>) {
  return arrivedDeliveries(new Map([["id", { messages: [], forms: [], ...content }]]), "flash_", defaultKinds)
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
          { key: "id0", kind: "success", role: "status", text: "Saved" },
          { key: "id1", kind: "error", role: "alert", text: "But" },
          { key: "id2", kind: "success", role: "status", text: "Saved" },
        ],
      },
    ])
  })

  it.each<[string, Partial<FlashContent>]>([
    ["a key the banner does not know", { messages: [["notice", "Saved"]] }],
    ["a key every object has", { messages: [["constructor", "Saved"]] }],
    ["a value that is no text", { messages: [["success", { title: "Saved" }]] }],
    ["form feedback", { forms: [feedback] }],
  ])("leaves %s to the page, and sends nothing of it to the browser", (_, content) => {
    expect(arrived(content)).toEqual([{ id: "id", notices: [], more: true }])
  })

  it("shows what it can of a delivery that holds more", () => {
    const [delivery] = arrived({ messages: [["success", "Saved"]], forms: [feedback] })
    expect(delivery).toMatchObject({ notices: [{ text: "Saved" }], more: true })
  })
})

describe("takenDeliveries", () => {
  it("gives every text, and no other value", () => {
    const messages: FlashContent["messages"] = [
      ["notice", "Saved"],
      ["order", { id: 7 }],
    ]
    expect(takenDeliveries(new Map([["id", { messages, forms: [feedback] }]]), "flash_admin_")).toEqual([
      { id: "admin_id", texts: [["notice", "Saved"]], more: true },
    ])
  })
})
