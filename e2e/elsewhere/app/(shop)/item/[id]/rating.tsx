import { getSession } from "@/app/session"
import { rate, rateHere } from "./actions"
import { SaveAndClose } from "./save-and-close"

export async function Rating({ message }: { message: string }) {
  const session = await getSession()
  return (
    <form action={rate}>
      <input type="hidden" name="message" value={message} />
      <label>
        stars <input name="stars" defaultValue={session.old("stars")} />
      </label>
      <p role="note">{session.error("stars")}</p>
      <button>rate</button>
      <SaveAndClose save={rateHere} />
    </form>
  )
}
