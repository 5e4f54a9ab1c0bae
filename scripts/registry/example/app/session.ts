import { setup } from "../lib/session"

/** What this app keeps per person. */
interface Data {
  userId: string
}

export const {
  getSession,
  withSession,
  sessionAction,
  stateAction,
  sessionRoute,
  sessionMiddleware,
  register,
  validate,
  back,
  FlashMessages,
} = setup<Data>()
