import { sessionMiddleware } from "@/app/session"

export default sessionMiddleware

export const config = { matcher: ["/((?!_next/|favicon.ico).*)"] }
