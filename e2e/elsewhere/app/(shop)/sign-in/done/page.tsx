import { getSession } from "@/app/session"
import { CloseWindow } from "./close-window"

export default async function DonePage() {
  await getSession()
  return (
    <main>
      <h1>signed in</h1>
      <CloseWindow />
    </main>
  )
}
