import { getSession } from "@/app/session"

export default async function SlowPage() {
  await getSession()
  await new Promise((resolve) => setTimeout(resolve, 700))
  return (
    <main>
      <h1>slow</h1>
    </main>
  )
}
