import { field, FieldError, FormError, SubmitButton } from "../../lib/session/react"
import { FlashMessages, getSession } from "../session"
import { signIn } from "./actions"

// For `cacheComponents`, which create-next-app turns on. Where it is off, delete this line.
export const instant = false

export default async function SignInPage() {
  const form = (await getSession()).form()
  return (
    <main>
      <FlashMessages />
      <h1>Sign in</h1>
      <form action={signIn} noValidate>
        <FormError form={form} />
        <p>
          <label>
            E-mail <input {...field(form, "email")} type="email" autoComplete="username" />
          </label>
        </p>
        <FieldError form={form} name="email" />
        <p>
          <label>
            Password <input {...field(form, "password")} type="password" autoComplete="current-password" />
          </label>
        </p>
        <FieldError form={form} name="password" />
        <SubmitButton>Sign in</SubmitButton>
      </form>
    </main>
  )
}
