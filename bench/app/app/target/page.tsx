import { getSession } from "@/app/session"

export default async function TargetPage() {
  const session = await getSession()
  return <p>{session.getFlash("success")}</p>
}
