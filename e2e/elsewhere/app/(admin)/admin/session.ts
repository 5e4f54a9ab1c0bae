import { setup } from "next-session-kit"
import { cookieStore } from "next-session-kit/stores/cookie"

/** The staff's session: a cookie, a secret and messages of its own. */
const staff = setup<{ shift: string }, Record<string, string>>({
  cookieName: "staff",
  store: cookieStore({ secret: process.env.STAFF_SECRET }),
})

export const {
  withSession: withStaffSession,
  sessionMiddleware: staffMiddleware,
  FlashMessages: StaffMessages,
  register,
} = staff
