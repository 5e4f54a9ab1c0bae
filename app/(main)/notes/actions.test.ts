import { expect, it } from "vitest"
import { createVisitor, formData } from "next-session-kit/testing"
import { POST } from "@/app/api/notes/restore/route"
import * as kit from "@/app/session"
import { deleteNote, saveNote } from "./actions"

it("saves a note, says so once, and deletes it", async () => {
  const visitor = createVisitor(kit, { at: "/notes" })
  const saved = await visitor.call(saveNote, formData({ title: "Tea", text: "Green" }))
  expect(saved.redirectedTo).toBe("/notes")
  expect((await visitor.open("/notes")).getFlash("success")).toBe("Note saved")
  const [note] = saved.session.data.notes ?? []
  expect(note).toMatchObject({ title: "Tea", text: "Green" })

  const deleted = await visitor.call(deleteNote, formData({ id: note?.id ?? "" }))
  expect(deleted).toMatchObject({ redirectedTo: "/notes", session: { data: { notes: [] } } })
  expect(deleted.flashed).toMatchObject([
    { value: { text: "Note deleted", action: { post: "/api/notes/restore" } } },
  ])

  const undo = new Request("http://localhost:3000/api/notes/restore", { method: "POST", body: formData({}) })
  const undone = await visitor.request(POST, undo)
  expect(undone).toMatchObject({ status: 303, redirectedTo: "/notes", session: { data: { notes: [note] } } })
})

it("sends a note without a title back", async () => {
  const visitor = createVisitor(kit, { at: "/notes" })
  const refused = await visitor.call(saveNote, formData({ title: "", text: "Green" }))
  expect(refused).toMatchObject({
    redirectedTo: "/notes",
    errors: { title: ["Give the note a title"] },
    old: { text: "Green" },
  })
  expect((await visitor.open("/notes")).old("text")).toBe("Green")
})

it("says when the cookie is full, and keeps what is in it", async () => {
  const text = "x".repeat(500)
  const notes = Array.from({ length: 4 }, (_, at) => ({ id: `${at}`, title: "Kept".repeat(20), text }))
  const visitor = createVisitor(kit, { at: "/notes", data: { notes } })
  const full = await visitor.call(saveNote, formData({ title: "One more", text }))
  expect(full.errors).toEqual({ title: [expect.stringContaining("no room for another note")] })
  expect(full.session.data.notes).toEqual(notes)
})
