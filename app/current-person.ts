import { redirect } from "next/navigation"
import { findPerson, type Person } from "./people"
import { getSession } from "./session"

export async function currentPerson(): Promise<Person | undefined> {
  const session = await getSession()
  return findPerson(session.get("userId") ?? "")
}

/** The gate for protected data. Middleware only makes the way there friendlier; this is what holds. */
export async function requirePerson(): Promise<Person> {
  return (await currentPerson()) ?? redirect("/sign-in")
}
