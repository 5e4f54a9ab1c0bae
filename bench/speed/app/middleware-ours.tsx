import { sessionMiddleware } from "./app/session.ts"

export default sessionMiddleware

export const config = { matcher: ["/((?!_next/|favicon.ico).*)"] }
