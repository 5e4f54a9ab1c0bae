import { getIronSession } from "iron-session"
import { cookies } from "next/headers"
import { ironOptions } from "../../../secrets.mjs"
import { Values } from "../values.tsx"

export default async function IronPage() {
  const session = await getIronSession<Record<string, unknown>>(await cookies(), ironOptions())
  return <Values read={(key) => session[key]} />
}
