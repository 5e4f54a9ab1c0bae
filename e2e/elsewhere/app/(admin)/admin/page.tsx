import { announce, sayInShop, sayToStaff } from "./actions"

type Query = Promise<{ message?: string; next?: string }>

export default async function AdminPage({ searchParams }: { searchParams: Query }) {
  const { message = "", next = "/" } = await searchParams
  return (
    <main>
      <h1>admin</h1>
      <form action={announce}>
        <input type="hidden" name="message" value={message} />
        <input type="hidden" name="next" value={next} />
        <button>announce</button>
        <button formAction={sayToStaff}>say to staff</button>
        <button formAction={sayInShop}>say in the shop</button>
      </form>
      <form action="/admin/announce" method="post">
        <input type="hidden" name="message" value={message} />
        <button>announce by route</button>
      </form>
    </main>
  )
}
