import { cookies, headers } from "next/headers"
import type { ReactNode } from "react"
import { ClearFlash } from "./clear-flash.tsx"

/** The usual hand-written flash. One variant of the app clears it by this effect, the other in middleware. */
export default async function HandLayout({ children }: { children: ReactNode }) {
  const isClearedByEffect = process.env.HAND_CLEARS === "effect"
  const message = isClearedByEffect ? (await cookies()).get("flash")?.value : (await headers()).get("x-flash")
  return (
    <>
      {message && <output>{message}</output>}
      {message && isClearedByEffect && <ClearFlash />}
      {children}
    </>
  )
}
