import { setup, type Json } from "next-session-kit"
import { store } from "./store.ts"

export const { getSession, withSession, sessionMiddleware, register, FlashMessages } = setup<
  Record<string, Json>,
  { success: string }
>(store === undefined ? {} : { store })
