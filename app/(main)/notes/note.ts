import { z } from "zod"
import type { AppSession } from "@/app/session"

export const NewNote = z.object({
  title: z.string().trim().min(1, "Give the note a title").max(80, "Use at most 80 characters"),
  text: z.string().trim().max(500, "Use at most 500 characters"),
})

export interface Note extends z.output<typeof NewNote> {
  id: string
}

export function addNote(session: AppSession, note: z.output<typeof NewNote>): Note {
  const saved = { id: crypto.randomUUID().slice(0, 8), ...note }
  session.put("notes", [...(session.get("notes") ?? []), saved])
  return saved
}
