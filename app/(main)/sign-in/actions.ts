"use server"

import { redirect } from "next/navigation"
import { authenticate } from "@/app/people"
import { back, validate, withSession } from "@/app/session"
import { SignIn } from "./schema"

export async function signIn(form: FormData) {
  return withSession(async (session) => {
    const { email, password } = await validate(session, SignIn, form)
    const person = await authenticate(email, password)
    if (!person) {
      return back(session, { errors: { email: "No one here has this e-mail and password" }, input: form })
    }
    session.regenerate()
    session.put("userId", person.id)
    session.flash("success", `Welcome back, ${person.name}`)
    redirect(session.pull("intended") ?? "/dashboard")
  })
}

export async function signOut() {
  return withSession((session) => {
    session.invalidate()
    session.flash("success", "You are signed out")
    redirect("/")
  })
}
