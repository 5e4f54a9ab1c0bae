import { cookies } from "next/headers"
import type { Recipe } from "../shared/adaptor"
import type { Message } from "../shared/message"
import { PREFIX } from "./prefix"

/**
 * The toast cookie: one unsigned cookie per toast, read by a server component in the root layout, shown by sonner, and
 * deleted by a server action when the toast closes, by itself or by the person.
 *
 * The idea is Build UI's "Toast messages in React Server Components" (buildui.com/posts/
 * toast-messages-in-react-server-components), which ui.nowts.app and others hand on as a component. Written anew; as
 * there, the toaster stands in the root layout, a day is a cookie's life, and a toast is on screen as long as sonner says.
 */
const options = { path: "/", httpOnly: true, sameSite: "lax", maxAge: 60 * 60 * 24 } as const

const cookieOf = ({ id, ...message }: Message) =>
  [`${PREFIX}${id}`, JSON.stringify(message), options] as const

export const recipe: Recipe = {
  async write(messages) {
    const jar = await cookies()
    for (const message of messages) jar.set(...cookieOf(message))
  },
  writeInMiddleware(messages, _request, response) {
    for (const message of messages) response.cookies.set(...cookieOf(message))
    return response
  },
  // Pages have none of their own: it is the root layout's.
  FlashMessages: () => null,
}
