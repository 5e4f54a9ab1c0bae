import { getSession } from "@/app/session"
import { say, sayHere } from "./actions"

type Query = Promise<{ message?: string; next?: string }>

/** What to say, and where to go then: the query fills it in. */
export default async function SayPage({ searchParams }: { searchParams: Query }) {
  const { message = "", next = "/" } = await searchParams
  await getSession()
  return (
    <main>
      <h1>say</h1>
      <form action={say}>
        <input type="hidden" name="message" value={message} />
        <input type="hidden" name="next" value={next} />
        <button>say</button>
        <button formAction={sayHere}>say here</button>
      </form>
      <form action="/basket" method="post">
        <input type="hidden" name="message" value={message} />
        <button>to the basket</button>
      </form>
    </main>
  )
}
