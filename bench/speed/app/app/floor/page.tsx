import { cookies } from "next/headers"
import { personData } from "../../../data.mjs"
import { Values } from "../values.tsx"

const data: Record<string, unknown> = personData(0)

/** The least a page that knows its visitor can do. */
export default async function FloorPage() {
  const isKnown = (await cookies()).has("session")
  return <Values read={(key) => (isKnown ? data[key] : undefined)} />
}
