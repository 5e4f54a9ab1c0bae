import { cookies, headers } from "next/headers"
import type { NextRequest, NextResponse } from "next/server"
import { parseMessages, type Message } from "./message"

/** So named that the cases, which wait for a cookie of the kit's, find it. */
export const COOKIE = "flash_messages"

const options = { path: "/", sameSite: "lax", maxAge: 60 } as const

/** All messages in one cookie, as JSON. `httpOnly` unless client code has to reach it. */
export const inOneCookie = (httpOnly: boolean) => ({
  async write(messages: Message[]): Promise<void> {
    ;(await cookies()).set(COOKIE, JSON.stringify(messages), { ...options, httpOnly })
  },
  /** A guard's message does not overwrite the one that is on its way. */
  writeInMiddleware(messages: Message[], request: NextRequest, response: NextResponse): NextResponse {
    const all = [...parseMessages(request.cookies.get(COOKIE)?.value), ...messages]
    response.cookies.set(COOKIE, JSON.stringify(all), { ...options, httpOnly })
    return response
  },
})

/** What this very request wrote, and what it came with. */
export async function messagesInCookie(): Promise<{ written: Message[]; brought: Message[] }> {
  const inJar = (await cookies()).get(COOKIE)?.value
  const sent = (await headers())
    .get("cookie")
    ?.split("; ")
    .find((pair) => pair.startsWith(`${COOKIE}=`))
  const isSent = inJar !== undefined && sent === `${COOKIE}=${encodeURIComponent(inJar)}`
  const messages = parseMessages(inJar)
  return isSent
    ? { written: [], brought: messages }
    : { written: messages.filter(({ later }) => !later), brought: [] }
}
