import { setup, type FlashMessage, type Session } from "next-session-kit"
import type { Note } from "./(main)/notes/note"
import type { Settings } from "./(main)/settings/schema"

/** What this app keeps per person. There is no database: notes and cart live here. */
interface Data {
  userId: string
  /** Where a signed-out person wanted to go. */
  intended: string
  notes: Note[]
  /** The note that was deleted last, for Undo. */
  binned: Note
  cart: Record<string, number>
  settings: Settings
}

interface Messages {
  success: FlashMessage
  info: string
  warning: string
  error: string
}

export type AppSession = Session<Data, Messages>

export const {
  getSession,
  withSession,
  sessionAction,
  sessionRoute,
  sessionMiddleware,
  register,
  validate,
  back,
  FlashMessages,
} = setup<Data, Messages>({ prerenderedPaths: ["/about"] })
