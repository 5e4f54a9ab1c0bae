import { createHash, timingSafeEqual } from "node:crypto"

export const maxBody = 1024 * 1024

/** Whether a request carries this token. Hashes have one length, so comparing them tells nothing. */
export function bearerCheck(token) {
  const hash = (text) => createHash("sha256").update(text).digest()
  const expected = hash(`Bearer ${token}`)
  return (request) => timingSafeEqual(hash(request.headers.authorization ?? ""), expected)
}

/** The body's size and its text, which is undefined for a body above the limit. */
export async function readBody(request) {
  let bytes = 0
  let chunks = []
  // Read to the end in any case: a client still sending would see a reset instead of the 413.
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > maxBody) chunks = []
    else chunks.push(chunk)
  }
  return { bytes, text: bytes > maxBody ? undefined : Buffer.concat(chunks).toString() }
}

export function sendJson(response, status, value) {
  send(response, status, "application/json", JSON.stringify(value))
}

export function sendHtml(response, status, html) {
  send(response, status, "text/html; charset=utf-8", html)
}

function send(response, status, type, text) {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text) })
  response.end(text)
}
