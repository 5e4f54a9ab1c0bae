import type { Json, Session } from "next-session-kit"
import { getSession, withSession } from "@/app/session"
import { passGate } from "../../../../gates.mjs"

type AppSession = Session<Record<string, Json>, { success: string }>
type Verb = (session: AppSession, query: URLSearchParams) => void | Promise<void>

const verbs = new Map<string, Verb>([
  ["start", (session) => session.put("owner", "somebody")],
  [
    "put",
    async (session, query) => {
      const gate = query.get("gate")
      if (gate !== null) await passGate(gate)
      session.put(query.get("key") ?? "", query.get("value"))
    },
  ],
  ["increment", (session, query) => void session.increment(query.get("key") ?? "")],
  ["flash", (session, query) => session.flash("success", query.get("text") ?? "", { to: "/target" })],
  ["rotate", (session) => session.regenerate()],
  ["sign-out", (session) => session.invalidate()],
])

export async function POST(request: Request, { params }: { params: Promise<{ verb: string }> }) {
  const { verb } = await params
  try {
    return await withSession(async (session) => {
      // As an app checks that somebody is signed in: without it, a dead cookie would start a new session.
      if (verb !== "start" && !session.has("owner")) return new Response("signed out", { status: 401 })
      await verbs.get(verb)?.(session, new URL(request.url).searchParams)
      return new Response("ok")
    })
  } catch (error) {
    const isGone = error instanceof Error && "code" in error && error.code === "SESSION_GONE"
    return isGone ? new Response("gone", { status: 410 }) : new Response(String(error), { status: 500 })
  }
}

/** Whatever the verb: what the session holds. */
export async function GET() {
  const session = await getSession()
  return session.has("owner") ? Response.json(session.all()) : new Response("signed out", { status: 401 })
}
