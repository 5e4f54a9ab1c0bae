import { BackField } from "next-session-kit/react"
import { getSession } from "@/app/session"

type Query = Promise<{ message?: string }>

/** A plain form that a route handler answers. */
export default async function ContactPage({ searchParams }: { searchParams: Query }) {
  const { message = "" } = await searchParams
  const session = await getSession()
  return (
    <main>
      <h1>contact</h1>
      <form action="/contact/send" method="post">
        <BackField />
        <input type="hidden" name="message" value={message} />
        <label>
          text <input name="text" defaultValue={session.old("text")} />
        </label>
        <p role="note">{session.error("text")}</p>
        <button>send</button>
      </form>
    </main>
  )
}
