import { getSession } from "../session.ts"
import { Values } from "../values.tsx"

export default async function SessionPage() {
  const session = await getSession()
  return <Values read={session.get} />
}
