import { getSession } from "@/app/session"
import { signIn } from "./actions"
import { SignInInPopup } from "./popup"

type Query = Promise<{ message?: string; to?: string }>

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const { message = "", to = "" } = await searchParams
  await getSession()
  const query = new URLSearchParams({ message, to })
  return (
    <main>
      <h1>sign in</h1>
      <form action={signIn}>
        <input type="hidden" name="message" value={message} />
        <input type="hidden" name="to" value={to} />
        <button>sign in</button>
      </form>
      <form action="/sign-in/quick" method="post">
        <input type="hidden" name="message" value={message} />
        <button>sign in quickly</button>
      </form>
      <SignInInPopup address={`/sign-in?${query}`} />
      <a href={`/auth/start?${query}`}>sign in elsewhere</a>
      <a href={`/members?why=${encodeURIComponent(message)}`}>for members</a>
    </main>
  )
}
