import Link from "next/link"
import { getSession } from "@/app/session"

/** With `message` in the query each item is rated with it. */
export default async function ItemsPage({ searchParams }: { searchParams: Promise<{ message?: string }> }) {
  const { message = "" } = await searchParams
  await getSession()
  return (
    <main>
      <h1>items</h1>
      <Link href={`/item/1?message=${encodeURIComponent(message)}`} prefetch={false}>
        first item
      </Link>
    </main>
  )
}
