import { Suspense } from "react"
import { NextResponse } from "next/server"
import type { Recipe } from "../shared/adaptor"
import type { Message } from "../shared/message"
import { ParameterBanner } from "./parameter-banner"

/**
 * The toast of the address: `redirect("/target?success=Saved")`, and a client component shows what
 * `useSearchParams` finds.
 *
 * The idea is that of Auth.js' `?error=`, of Supabase's starters, and of many "toast after redirect" answers. Done as
 * well as it can be: the parameter is shown in what the server renders, so also without JavaScript, and is taken out of
 * the address with `history.replaceState`, which Next's documentation gives for it, as soon as it is shown.
 * There is no message without a redirect: that is not offered.
 */
function withMessages(address: string, messages: readonly Message[]): string {
  const [, path = "", query = "", hash = ""] = /^([^?#]*)(\?[^#]*)?(#.*)?$/.exec(address) ?? []
  const parameters = new URLSearchParams(query)
  for (const { kind, text } of messages) parameters.append(kind, text)
  return `${path}?${parameters}${hash}`
}

export const recipe: Recipe = {
  write: async (messages, redirectTo) => {
    if (redirectTo !== undefined) return withMessages(redirectTo, messages)
  },
  writeInMiddleware(messages, _request, response) {
    const location = response.headers.get("location")
    return location === null
      ? response
      : NextResponse.redirect(withMessages(location, messages), response.status)
  },
  FlashMessages: () => (
    <Suspense>
      <ParameterBanner />
    </Suspense>
  ),
}
