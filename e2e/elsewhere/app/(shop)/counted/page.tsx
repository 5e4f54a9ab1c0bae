import { getSession } from "@/app/session"
import { putName } from "./actions"

export default async function CountedPage({ searchParams }: { searchParams: Promise<{ message?: string }> }) {
  const { message = "" } = await searchParams
  const session = await getSession()
  return (
    <main>
      <h1>counted</h1>
      <p data-testid="opened">{session.get("opened") ?? 0}</p>
      <p data-testid="person">{session.get("person") ?? "nobody"}</p>
      <form action={putName}>
        <input type="hidden" name="message" value={message} />
        <label>
          name <input name="name" defaultValue={session.old("name")} />
        </label>
        <p role="note">{session.error("name")}</p>
        <button>save</button>
      </form>
    </main>
  )
}
