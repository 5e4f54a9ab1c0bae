import nextServer from "next/server.js"
import { seconds } from "../kit.mjs"
import { SECRET } from "../secrets.mjs"

const { NextRequest, NextResponse } = nextServer

/** Node takes 16 KB of headers, so there is no more to come. */
const HEADER_BYTES = 16_384

const filled = (text, bytes) => text.repeat(Math.ceil(bytes / text.length)).slice(0, bytes)
const many = (bytes, cookieOf) => {
  const cookies = []
  for (let left = bytes, at = 0; left > 0; at += 1) {
    cookies.push(cookieOf(at))
    left -= cookieOf(at).length + 2
  }
  return cookies.join("; ")
}
/** As long as it is said to be, and of no intact seal: its last part authenticates nothing. */
const sealLike = (bytes) =>
  `Fe26.2*k0a1b2c3d**${"A".repeat(22)}*${filled("Zm9v-_", bytes - 86)}***${"A".repeat(43)}~2`

const inSession = (valueOf) => (bytes) => {
  const start = `session=${seconds().toString(36)}.`
  return start + valueOf(bytes - start.length)
}

/** Cookie headers of so many bytes. */
const headers = {
  "session, of junk": inSession((bytes) => filled("x!#$&'()+/:<=>?@[]^_`{|}~", bytes)),
  "session, of base64": inSession((bytes) => filled("Zm9vYmFy+/09", bytes)),
  "session, like a seal": inSession(sealLike),
  "session, of stars": inSession((bytes) => filled("*", bytes)),
  "session, of stars behind a seal's start": inSession((bytes) => `Fe26.2${filled("*", bytes - 6)}`),
  "session, no percent-encoding": inSession((bytes) => filled("%", bytes)),
  "session, of dots": (bytes) => `session=${filled(".", bytes - 8)}`,
  "small cookies": (bytes) => many(bytes, (at) => `c${at}=1`),
  "cookies called session": (bytes) => many(bytes, () => "session=x"),
  "tokens that are none": (bytes) => many(bytes, (at) => `flash_${at}=/`),
  "semicolons and spaces": (bytes) => filled("; ;  ;", bytes),
}

/** The worst Cookie headers: from Next's `cookies` to the opened session, which is none. */
export function hostileCookies(kit) {
  const config = kit.resolveConfig({ store: kit.cookieStore({ secret: SECRET }) })
  const open = async (request) => {
    const cookies = kit.readRequestCookies(request.cookies, false, config, request)
    const { state } = await kit.openSession(config, cookies, [], () => {})
    if (state().storedId !== undefined) throw new Error("a hostile cookie was taken for a session")
  }
  const cases = (of, bytes, sizes) =>
    Object.entries(of).map(([name, headerOf]) => ({
      kind: "cookie",
      name,
      sizes,
      noise: 50,
      input: (share) => requestWith(headerOf(bytes * share)),
      run: () => open,
      theirs: () => () => requestWith(headerOf(bytes)).cookies.getAll(),
    }))
  // Above 4 KB nothing is taken for a seal: the second is as long as one that is.
  return [
    ...cases(headers, HEADER_BYTES, ["8 KB", "16 KB"]),
    ...cases({ "session, like a seal": headers["session, like a seal"] }, 4096, ["2 KB", "4 KB"]),
  ]
}

/** Very many messages wait, as a browser says: 50 and 100, for the page that is asked for and for another one. */
export function hostileTokens(kit) {
  const { sessionMiddleware } = kit.setup({ store: kit.cookieStore({ secret: SECRET }) })
  const token = (to) => (at) => `flash_${String(at).padStart(16, "A")}=${encodeURIComponent(`${to} /form `)}`
  const headerOf = (to, count) => Array.from({ length: count }, (_, at) => token(to)(at)).join("; ")
  return ["/target", "/elsewhere"].map((to) => ({
    kind: "tokens",
    name: `in middleware, for ${to === "/target" ? "the page asked for" : "another page"}`,
    sizes: ["50", "100"],
    noise: 50,
    input: (share) => requestWith(headerOf(to, 100 * share)),
    run: () => (request) => sessionMiddleware(request, {}),
    isUsedUp: true,
    theirs: () => () => requestWith(headerOf(to, 100)).cookies.getAll() && NextResponse.next(),
  }))
}

function requestWith(cookie) {
  const request = new NextRequest("http://localhost/target", {
    headers: { accept: "text/html", "sec-fetch-dest": "document", host: "localhost", cookie },
  })
  request.cookies.getAll()
  return request
}
