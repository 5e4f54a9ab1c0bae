import { isLeftToPage } from "../core/delivery"
import { ASKED, parseToken, tokenPath, tokenValue, type DeliveryToken } from "../core/delivery-token"
import { TOKEN_PREFIX } from "../core/token-prefix"
import { DELIVERY_ID_LENGTH, TAKE_HEADER } from "../core/wire-names"
import type { TakenDelivery } from "../core/arrived"
import { clearToken } from "./seen"
import type { PageOnScreen } from "./page-on-screen"
import { partsOf } from "./places"
import { settleToken } from "./settle-token"

/** Deliveries that are being looked at. */
const busy = new Set<string>()

/** Deliveries that were left to the page on screen: there is no more to do about them here. */
const given = new Set<string>()

/**
 * Clears the tokens of what was shown elsewhere, and fetches what waits for this page and was not
 * shown: after a soft navigation, or on a prerendered page. No request unless a token says so.
 */
export async function takeWaiting(page: PageOnScreen): Promise<void> {
  if (page.newPage) given.clear()
  const tokens = readTokens().filter(({ id }) => !busy.has(id) && !given.has(id))
  for (const { id } of tokens) busy.add(id)
  try {
    const settled = await Promise.all(tokens.map((token) => settle(token, page)))
    const waiting = tokens.filter((_, index) => settled[index] === "show")
    if (waiting.length > 0) deliver(page, waiting, await fetchDeliveries(waiting))
  } finally {
    for (const { id } of tokens) busy.delete(id)
  }
}

async function settle(token: DeliveryToken, page: PageOnScreen) {
  const finding = await settleToken(token, page)
  if (finding === "clear") clearToken(token.id)
  return finding
}

/** Each session of the app answers for its own. */
async function fetchDeliveries(tokens: readonly DeliveryToken[]): Promise<TakenDelivery[]> {
  const names = tokens.map(({ name }) => name)
  const sessions = new Set(tokens.map(prefixOf))
  const answers = await Promise.all(
    [...sessions].map(async (prefix) => {
      const own = names.filter((name) => prefixOf({ name }) === prefix)
      const headers = { [TAKE_HEADER]: own.join(".") }
      const response = await fetch(location.pathname + location.search, { method: "POST", headers })
      return response.ok ? ((await response.json()) as TakenDelivery[]) : []
    }),
  )
  return answers.flat()
}

/** Has the banners show what they can show, and leaves to the page what only that can. */
function deliver(
  page: PageOnScreen,
  tokens: readonly DeliveryToken[],
  fetched: readonly TakenDelivery[],
): void {
  const isRendered = page.rendered === true
  let isForPage = false
  for (const taken of fetched) {
    const { parts, hasMore } = partsOf(taken)
    const token = tokens.find(({ id }) => id === taken.id)
    if (token !== undefined && isLeftToPage({ hasMore, hasNotices: parts.length > 0, isRendered })) {
      leaveToPage(token, page)
      isForPage ||= isRendered
      if (!isRendered) warnOfUnshown(taken)
    } else for (const [{ show }, part] of parts) show([part])
  }
  if (isForPage) page.router.refresh()
}

/** The answer removed the token; now it says that the page asks for the delivery. */
function leaveToPage(token: DeliveryToken, { rendered, path }: PageOnScreen): void {
  given.add(token.id)
  const value = tokenValue({ ...token, to: rendered ? tokenPath(path) : token.to, takenBy: ASKED })
  const secure = location.protocol === "https:" ? "; Secure" : ""
  document.cookie = `${token.name}=${encodeURIComponent(value)}; Path=/; Max-Age=${LEFT_SECONDS}; SameSite=Lax${secure}`
}

/** How long what was left to a page waits for it. */
const LEFT_SECONDS = 300

function warnOfUnshown({ messages }: TakenDelivery): void {
  if (process.env.NODE_ENV !== "development") return
  const keys = messages.map(([key]) => `"${key}"`).join(", ") || "values that are no message"
  console.warn(
    `[session] A message waits for this page that <FlashMessages prerendered /> does not show: ${keys}. ` +
      `Name its key in the kinds property, or address it to a page that is rendered for each request ` +
      `and reads it with getFlash(). (SESSION_FLASH_NOT_SHOWN)`,
  )
}

/** Whatever session of the app they are of: what precedes the id says which. */
function readTokens(): DeliveryToken[] {
  const cookies = document.cookie.matchAll(/(flash_[^=;\s]+)=([^;]*)/g)
  return [...cookies].flatMap(([, name = "", value = ""]) => {
    const token = parseToken(name, decode(value), prefixOf({ name }))
    return token === undefined ? [] : { ...token, id: name.slice(TOKEN_PREFIX.length) }
  })
}

function prefixOf({ name }: Pick<DeliveryToken, "name">): string {
  return name.slice(0, -DELIVERY_ID_LENGTH)
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ""
  }
}
