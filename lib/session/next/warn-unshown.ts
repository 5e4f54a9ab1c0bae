import type { FlashContent } from "../core/flash"
import { wasRead } from "../core/reader"
import type { FlashKinds } from "../core/flash-kinds"
import { afterResponse } from "./after-response"
import { warnOnce } from "./report"

/** Warns, in development, of messages that the banner does not show and the page did not read. */
export function warnOfUnshown(arrived: ReadonlyMap<string, FlashContent>, kinds: FlashKinds): void {
  if (process.env.NODE_ENV !== "development") return
  const messages = [...arrived.values()].flatMap((content) => content.messages)
  const left = messages.filter(([key, value]) => typeof value !== "string" || !Object.hasOwn(kinds, key))
  if (left.length === 0) return
  // Other components of the page may read it after this one.
  afterResponse(() => {
    for (const message of left)
      if (!wasRead(message)) warnOnce("SESSION_FLASH_NOT_SHOWN", unshown(message, kinds))
  })
}

function unshown([key, value]: FlashContent["messages"][number], kinds: FlashKinds): string {
  const name = JSON.stringify(key)
  const way =
    typeof value === "string"
      ? `name the key in its kinds property (kinds={{ ${name}: "status" }}), or read`
      : `flash a text, or read`
  return (
    `flash(${name}, …) arrived at its page, and nothing showed it: <FlashMessages /> shows text, under the ` +
    `keys ${Object.keys(kinds).join(", ")}. To have it shown, ${way} it on the page with ` +
    `session.getFlash(${name}).`
  )
}
