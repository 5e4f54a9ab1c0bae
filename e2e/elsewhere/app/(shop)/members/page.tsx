import { redirect } from "next/navigation"
import { getSession } from "@/app/session"

export default async function MembersPage() {
  const session = await getSession()
  if (!session.has("person")) redirect("/sign-in")
  return (
    <main>
      <h1>members</h1>
    </main>
  )
}
