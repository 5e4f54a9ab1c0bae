import { sealData } from "iron-session"
import { SignJWT } from "jose"
import { personData } from "./data.mjs"
import { metaNow, seconds } from "./kit.mjs"
import { SECRET } from "./secrets.mjs"

/**
 * A cookie per person, by each way of keeping a session.
 *
 * @param store where ours live: the cookie store, or one that must be filled first
 */
export async function ourCookies(kit, sessionStore, count, dataOf = personData) {
  const store = kit.openStore(sessionStore)
  return each(count, async (person) => {
    const id = kit.randomSessionId()
    const content = [id, dataOf(person), {}, metaNow()]
    await store.save(...content)
    return kit.packCookieValue(seconds(), await store.cookieValue(...content))
  })
}

export function ironCookies(count, dataOf = personData) {
  return each(count, (person) => sealData(dataOf(person), { password: SECRET }))
}

export function joseCookies(count) {
  const encodedKey = new TextEncoder().encode(SECRET)
  return each(count, (person) =>
    new SignJWT(personData(person))
      .setProtectedHeader({ alg: "HS256" })
      .setIssuedAt()
      .setExpirationTime("7d")
      .sign(encodedKey),
  )
}

/** More would run into the time limits of a Redis on a busy machine. */
const AT_ONCE = 16

async function each(count, make) {
  const made = []
  for (let first = 0; first < count; first += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, at) => make(first + at))
    made.push(...(await Promise.all(batch)))
  }
  return made
}

/** For the load generator: the header, and what the page must show to have read that person's session. */
export function requestsOf(name, cookies) {
  return cookies.map((value, person) => ({ cookie: `${name}=${value}`, shows: personData(person).email }))
}
