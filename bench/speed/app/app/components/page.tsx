import { cookies } from "next/headers"
import { getSession } from "../session.ts"

async function Reader({ source }: { source: string }) {
  if (source === "floor") return <p>{String((await cookies()).has("session"))}</p>
  const session = await getSession()
  return <p>{String(session.has("userId"))}</p>
}

type Query = Record<string, string | undefined>

/** As many components as the query says, each of which asks for the session, or for `cookies()`. */
export default async function ComponentsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { n, source = "session" } = await searchParams
  return Array.from({ length: Number(n) }, (_, at) => <Reader key={at} source={source} />)
}
