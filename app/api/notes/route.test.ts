import { expect, it } from "vitest"
import { createVisitor, formData } from "next-session-kit/testing"
import * as kit from "@/app/session"
import { POST } from "./route"

const address = "http://localhost:3000/api/notes"
const jsonOf = (note: object) =>
  new Request(address, {
    method: "POST",
    body: JSON.stringify(note),
    headers: { "content-type": "application/json" },
  })

it("takes JSON from programs: 201, or 422 with every message", async () => {
  const visitor = createVisitor(kit)
  const created = await visitor.request(POST, jsonOf({ title: "Tea", text: "" }))
  expect([created.status, created.session.data.notes?.length]).toEqual([201, 1])
  const refused = await visitor.request(POST, jsonOf({ title: "", text: 7 }))
  expect([refused.status, refused.flashed]).toEqual([422, []])
  expect(await refused.response.json()).toMatchObject({ errors: [{ field: "title" }, { field: "text" }] })
})

it("takes a form from people: on to the notes, or back to where it was", async () => {
  const visitor = createVisitor(kit, { at: "/notes?page=2" })
  const post = (fields: Record<string, string>) =>
    visitor.request(POST, new Request(address, { method: "POST", body: formData(fields) }))
  expect(await post({ title: "Tea", text: "" })).toMatchObject({
    status: 303,
    redirectedTo: "/notes",
    flashed: [{ value: "Note saved", to: "/notes" }],
  })
  expect(await post({ title: "" })).toMatchObject({ status: 303, redirectedTo: "/notes?page=2" })
})
