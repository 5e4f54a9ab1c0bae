import { redirect } from "next/navigation"
import { FlashMessages, getSession } from "../session"
import { signOut } from "../sign-in/actions"
import { findPerson } from "../sign-in/people"

// For `cacheComponents`, which create-next-app turns on. Where it is off, delete this line.
export const instant = false

export default async function AccountPage() {
  const session = await getSession()
  const person = findPerson(session.get("userId") ?? "") ?? redirect("/sign-in")
  return (
    <main>
      <FlashMessages />
      <h1>{person.name}</h1>
      <form action={signOut}>
        <button>Sign out</button>
      </form>
    </main>
  )
}
