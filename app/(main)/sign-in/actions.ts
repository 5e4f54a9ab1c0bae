"use server"

import { redirect } from "next/navigation"
import { authenticate } from "@/app/people"
import { back, sessionAction, validate } from "@/app/session"
import { SignIn } from "./schema"

export const signIn = sessionAction(async (session, form: FormData) => {
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

export const signOut = sessionAction(async (session) => {
  session.invalidate()
  session.flash("success", "You are signed out")
  redirect("/")
})
