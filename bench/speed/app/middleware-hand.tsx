import { NextResponse, type NextRequest } from "next/server"

/**
 * Clears the hand-written flash with the response of the page that shows it. The page gets it in a
 * header: Next hides from `cookies()` what middleware has just removed.
 */
export default function middleware(request: NextRequest) {
  const flash = request.cookies.get("flash")
  if (request.method !== "GET" || flash === undefined) return NextResponse.next()
  const headers = new Headers(request.headers)
  headers.set("x-flash", flash.value)
  const response = NextResponse.next({ request: { headers } })
  response.cookies.delete("flash")
  return response
}

export const config = { matcher: ["/((?!_next/|favicon.ico).*)"] }
