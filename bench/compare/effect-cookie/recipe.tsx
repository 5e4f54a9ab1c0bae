import type { Recipe } from "../shared/adaptor"
import { inOneCookie, messagesInCookie } from "../shared/in-one-cookie"
import { ClearedBanner } from "./cleared-banner"

/**
 * The flash cookie that the browser clears: an action sets it, readable by client code, the layout renders it, and an
 * effect deletes it once it is on screen.
 *
 * The idea is that of many "flash message" and "redirect toast" components (`document.cookie = "…; Max-Age=0"` in
 * `useEffect`). Done as well as it can be: the server renders the message, so that it shows without JavaScript; client
 * code looks for the cookie after each navigation, so that it shows where the layout is not rendered again, and on
 * prerendered pages.
 */
async function FlashMessages({ prerendered = false }: { prerendered?: boolean }) {
  if (prerendered) return <ClearedBanner messages={[]} />
  const { written, brought } = await messagesInCookie()
  return <ClearedBanner messages={[...brought, ...written]} />
}

export const recipe: Recipe = { ...inOneCookie(false), FlashMessages }
