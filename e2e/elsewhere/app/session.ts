import { setup } from "next-session-kit"

interface Data {
  /** Who is signed in. */
  person: string
  /** What the sign-in service has to send back. */
  state: string
  /** How often the counted page was opened. */
  opened: number
  /** Whether the newsletter is wanted. */
  news: string
}

export const {
  getSession,
  withSession,
  sessionAction,
  sessionRoute,
  sessionMiddleware,
  register,
  validate,
  FlashMessages,
} = setup<Data, Record<string, string>>({
  // The sign-in service, which may answer by a form.
  allowedOrigins: [process.env.SIGN_IN_HOST ?? "sign-in.example"],
})
