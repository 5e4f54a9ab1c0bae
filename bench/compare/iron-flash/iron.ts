import { cookies, headers } from "next/headers"
import { getIronSession } from "iron-session"
import type { Message } from "../shared/message"

export interface IronData {
  data?: Record<string, unknown>
  flash?: Message[]
}

export const ironOptions = {
  /** So named that the cases, which wait for a cookie of the kit's, find it. */
  cookieName: "flash_session",
  password: process.env.SESSION_SECRET ?? "only for the build, which reads no session at all",
  cookieOptions: { secure: false },
}

/** The messages to show; what an action wrote for a later page is not for its own response. */
export async function readMessages(): Promise<Message[]> {
  const jar = await cookies()
  const { flash = [] } = await getIronSession<IronData>(jar, ironOptions)
  const value = jar.get(ironOptions.cookieName)?.value ?? ""
  const isSent = (await headers()).get("cookie")?.includes(value) ?? false
  return flash.filter(({ later }) => !later || isSent)
}
