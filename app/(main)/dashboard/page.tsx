import type { Metadata } from "next"
import { requirePerson } from "@/app/current-person"
import { getSession } from "@/app/session"

export const metadata: Metadata = { title: "Dashboard" }

export default async function DashboardPage() {
  const person = await requirePerson()
  const session = await getSession()
  return (
    <>
      <h1>Dashboard</h1>
      <p>
        Signed in as {person.name} ({person.email}).
      </p>
      <p>You have written {session.get("notes")?.length ?? 0} notes.</p>
    </>
  )
}
