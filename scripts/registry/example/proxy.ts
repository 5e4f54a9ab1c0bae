import { sessionMiddleware } from "./app/session"

export default sessionMiddleware

// Every page, and nothing that is only a file: add what lies in public/.
export const config = { matcher: ["/((?!_next/|favicon.ico).*)"] }
