import type { Metadata } from "next"
import { getSession } from "@/app/session"
import { Field } from "@/app/field"
import { signIn } from "./actions"

export const metadata: Metadata = { title: "Sign in" }

export default async function SignInPage() {
  const session = await getSession()
  return (
    <>
      <h1>Sign in</h1>
      <form action={signIn} noValidate className="stack">
        <Field label="Email" error={session.error("email")}>
          <input name="email" type="email" autoComplete="username" defaultValue={session.old("email")} />
        </Field>
        <Field label="Password" error={session.error("password")}>
          <input name="password" type="password" autoComplete="current-password" />
        </Field>
        <button>Sign in</button>
      </form>
      <aside>
        <h2>Two people you can be</h2>
        <dl>
          <dt>ada@example.com</dt>
          <dd>first-programmer</dd>
          <dt>grace@example.com</dt>
          <dd>first-compiler</dd>
        </dl>
      </aside>
    </>
  )
}
