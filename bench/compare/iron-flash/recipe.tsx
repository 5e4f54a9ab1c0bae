import { cookies } from "next/headers"
import { getIronSession } from "iron-session"
import type { Recipe } from "../shared/adaptor"
import { ironOptions, readMessages, type IronData } from "./iron"
import { IronBanner } from "./iron-banner"

/**
 * iron-session with a `flash` field, read by the layout and taken out by a server action that an effect calls.
 *
 * The idea is its maintainer's: flash messages are "just session data that you set once and remove right after
 * reading" (vvo/iron-session#471). Its README has a server component read and a server action save, for a component
 * cannot write cookies; so the component that shows the message calls the action that removes it.
 */
async function FlashMessages() {
  return <IronBanner messages={await readMessages()} />
}

export const recipe: Recipe = {
  FlashMessages,
  async write(messages) {
    const session = await getIronSession<IronData>(await cookies(), ironOptions)
    session.flash = messages
    await session.save()
  },
  async writeInMiddleware(messages, request, response) {
    const session = await getIronSession<IronData>(request, response, ironOptions)
    session.flash = [...(session.flash ?? []), ...messages]
    await session.save()
    return response
  },
  data: {
    async read() {
      return { ...(await getIronSession<IronData>(await cookies(), ironOptions)).data }
    },
    async write(data) {
      const session = await getIronSession<IronData>(await cookies(), ironOptions)
      session.data = data
      await session.save()
    },
  },
}
