import { getSession } from "@/app/session"

export default async function BrokenPage() {
  await getSession()
  throw new Error("the page is broken")
}
