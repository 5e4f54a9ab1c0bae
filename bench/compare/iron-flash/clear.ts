"use server"

import { cookies } from "next/headers"
import { getIronSession } from "iron-session"
import { ironOptions, type IronData } from "./iron"

/** Takes out what was shown, and nothing that came since. */
export async function clearFlash(shown: readonly string[]) {
  const session = await getIronSession<IronData>(await cookies(), ironOptions)
  const left = (session.flash ?? []).filter(({ id }) => !shown.includes(id))
  if (left.length === (session.flash ?? []).length) return
  session.flash = left
  if (left.length === 0) delete session.flash
  if (session.flash === undefined && session.data === undefined) session.destroy()
  else await session.save()
}
