import { cache } from "react"
import type { FlashContent } from "../core/flash"
import { messageOf } from "../core/message"
import { wasRead } from "../core/reader"
import type { FlashKinds } from "../core/flash-kinds"
import { afterResponse } from "./after-response"
import { warnOnce } from "./report"

/**
 * Warns, in development, of messages that no banner shows and the page did not read.
 *
 * @param kindsOfOne what one banner of the page shows; those that render after it show theirs as well
 */
export function warnOfUnshown(arrived: ReadonlyMap<string, FlashContent>, kindsOfOne: FlashKinds): void {
  if (process.env.NODE_ENV !== "development") return
  const kinds = Object.assign(kindsOnPage(), kindsOfOne)
  const messages = [...arrived.values()].flatMap((content) => content.messages)
  const isShown = ([key, value]: FlashContent["messages"][number]) =>
    messageOf(value) !== undefined && Object.hasOwn(kinds, key)
  if (messages.every(isShown)) return
  // Other components of the page may read it after this one.
  afterResponse(() => {
    for (const message of messages)
      if (!isShown(message) && !wasRead(message)) warnOnce("SESSION_FLASH_NOT_SHOWN", unshown(message, kinds))
  })
}

/** What all banners of the page that is being rendered show. */
const kindsOnPage = cache((): Record<string, "status" | "alert"> => ({}))

function unshown([key, value]: FlashContent["messages"][number], kinds: FlashKinds): string {
  const name = JSON.stringify(key)
  const way =
    messageOf(value) !== undefined
      ? `name the key in its kinds property (kinds={{ ${name}: "status" }}), or read`
      : `flash a text, or an object with a text, description, action, id and seconds and nothing else, or read`
  return (
    `flash(${name}, …) arrived at its page, and nothing showed it: <FlashMessages /> shows messages, under the ` +
    `keys ${Object.keys(kinds).join(", ")}. To have it shown, ${way} it on the page with ` +
    `session.getFlash(${name}).`
  )
}
