import { notFound } from "next/navigation"
import { getSession } from "@/app/session"

export default async function GonePage() {
  await getSession()
  notFound()
}
