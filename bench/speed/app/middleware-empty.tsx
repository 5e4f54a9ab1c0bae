import { NextResponse } from "next/server"

/** What any middleware costs, whatever it does. */
export default function middleware() {
  return NextResponse.next()
}

export const config = { matcher: ["/((?!_next/|favicon.ico).*)"] }
