import { cookies, headers } from "next/headers"
import type { Message } from "../shared/message"
import { ClientToaster } from "./client-toaster"
import { PREFIX } from "./prefix"

/** For the root layout. */
export async function ServerToaster() {
  const sent = (await headers()).get("cookie") ?? ""
  const toasts = (await cookies())
    .getAll()
    .filter(({ name, value }) => name.startsWith(PREFIX) && value !== "")
    .map(({ name, value }) => ({ ...(JSON.parse(value) as Omit<Message, "id">), id: name }))
    .filter(({ id, later }) => !later || sent.includes(`${id}=`))
  return <ClientToaster toasts={toasts} />
}
