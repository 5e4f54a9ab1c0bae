import { setup, type Json } from "next-session-kit"

export const { getSession, withSession, sessionMiddleware, register, FlashMessages } = setup<
  Record<string, Json>,
  { success: string }
>()
