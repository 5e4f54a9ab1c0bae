import Form from "next/form"
import { getSession } from "@/app/session"

export default async function SearchPage({ searchParams }: { searchParams: Promise<{ q?: string }> }) {
  const { q } = await searchParams
  await getSession()
  return (
    <main>
      <h1>{q === undefined ? "search" : `found ${q}`}</h1>
      <Form action="/search" prefetch={false}>
        <label>
          for <input name="q" />
        </label>
        <button>search</button>
      </Form>
      <Form action="/items" prefetch={false}>
        <button>search items</button>
      </Form>
    </main>
  )
}
