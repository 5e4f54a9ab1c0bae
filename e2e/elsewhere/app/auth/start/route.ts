import { redirect } from "next/navigation"
import { sessionRoute } from "@/app/session"

/** Sends the person to the sign-in service, with what it has to send back. */
export const GET = sessionRoute((session, request) => {
  const state = crypto.randomUUID()
  session.put("state", state)
  const query = new URLSearchParams(request.nextUrl.searchParams)
  query.set("state", state)
  redirect(`http://${process.env.SIGN_IN_HOST}/authorize?${query}`)
})
