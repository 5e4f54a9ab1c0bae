import Link from "next/link"
import { currentPerson } from "@/app/current-person"

export default async function HomePage() {
  const person = await currentPerson()
  return (
    <>
      <h1>{person ? `Hello, ${person.name}` : "Hello"}</h1>
      <p>
        This app shows what the session kit does. Each message you see here is shown once: not again on Back,
        not again on reload, not on another page, with JavaScript and without.
      </p>
      <ul className="plain">
        <li>
          <Link href="/notes">Write something down</Link> and see the message follow the redirect.
        </li>
        <li>
          <Link href="/cart">Fill the basket</Link> and see it appear in place.
        </li>
        <li>
          <Link href="/dashboard">Open the guarded page</Link> and be asked to sign in first.
        </li>
        <li>
          <Link href="/about">Read about it</Link> on a page that never touches the session.
        </li>
      </ul>
    </>
  )
}
