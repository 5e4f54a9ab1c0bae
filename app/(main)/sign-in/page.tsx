import type { Metadata } from "next"
import { getSession } from "@/app/session"
import { field, FieldError, FormError, SubmitButton } from "next-session-kit/react"
import { signIn } from "./actions"
import type { SignIn } from "./schema"

export const metadata: Metadata = { title: "Sign in" }

export default async function SignInPage() {
  const form = (await getSession()).form<typeof SignIn>()
  return (
    <>
      <h1>Sign in</h1>
      <form action={signIn} noValidate className="stack">
        <FormError form={form} />
        <label>
          Email
          <input {...field(form, "email")} type="email" autoComplete="username" />
        </label>
        <FieldError form={form} name="email" />
        <label>
          Password
          <input {...field(form, "password")} type="password" autoComplete="current-password" />
        </label>
        <FieldError form={form} name="password" />
        <SubmitButton>Sign in</SubmitButton>
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
