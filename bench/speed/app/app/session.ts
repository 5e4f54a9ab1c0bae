import { setup, type Json } from "../../../../lib/session/index.ts"

export const { getSession, withSession, sessionMiddleware, register, FlashMessages } = setup<
  Record<string, Json>,
  { success: string }
>()
