import { getSession } from "@/app/session"

export default async function PlacePage({ params }: { params: Promise<{ name: string }> }) {
  const { name } = await params
  await getSession()
  return (
    <main>
      <h1>{decodeURIComponent(name)}</h1>
    </main>
  )
}
