import type { Metadata } from "next"
import { cookies, draftMode } from "next/headers"
import { getSession } from "@/app/session"
import { choice, field, FieldError, FormError } from "next-session-kit/react"
import { saveAccount } from "./actions"
import { Tabs } from "./tabs"

export async function generateMetadata(): Promise<Metadata> {
  const session = await getSession()
  return { title: `Account of ${session.get("person") ?? "nobody"}` }
}

export default async function AccountPage() {
  const session = await getSession()
  const { isEnabled } = await draftMode()
  return (
    <main>
      <h1>account</h1>
      <p data-testid="person">{session.get("person") ?? "nobody"}</p>
      <p data-testid="draft">{isEnabled ? "draft" : "published"}</p>
      <p data-testid="auth">{(await cookies()).get("auth")?.value ?? "none"}</p>
      <Tabs />
      <form action={saveAccount} noValidate>
        <FormError form={session} />
        <label>
          name <input {...field(session, "name")} />
        </label>
        <FieldError form={session} name="name" />
        <label>
          <input {...choice(session, "news", "yes", session.get("news") !== "no")} type="checkbox" /> news
        </label>
        <button>save</button>
      </form>
    </main>
  )
}
