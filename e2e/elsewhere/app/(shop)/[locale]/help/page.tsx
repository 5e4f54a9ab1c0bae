import { headers } from "next/headers"
import { getSession } from "@/app/session"
import { ask } from "./actions"

const headings: Record<string, string> = { de: "Hilfe", en: "Help" }

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ message?: string }> }

/** The browser says `/de/hilfe`. */
export default async function HelpPage({ params, searchParams }: Props) {
  const { locale } = await params
  const { message = "" } = await searchParams
  const session = await getSession()
  return (
    <main>
      <h1>{headings[locale] ?? locale}</h1>
      <p data-testid="locale">{(await headers()).get("x-locale")}</p>
      <form action={ask}>
        <input type="hidden" name="message" value={message} />
        <label>
          question <input name="question" defaultValue={session.old("question")} />
        </label>
        <p role="note">{session.error("question")}</p>
        <button>ask</button>
      </form>
    </main>
  )
}
