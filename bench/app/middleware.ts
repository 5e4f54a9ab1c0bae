import { sessionMiddleware } from "@/app/session"

export default sessionMiddleware

// On Node, as a pool of connections wants it.
export const config = { runtime: "nodejs", matcher: ["/((?!_next/|favicon.ico).*)"] }
