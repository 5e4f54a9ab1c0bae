"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { back, sessionAction, validate } from "../session"
import { authenticate } from "./people"

const SignIn = z.object({
  email: z.string().includes("@", { message: "Enter an e-mail address" }),
  password: z.string().min(1, "Enter your password"),
})

export const signIn = sessionAction(async (session, form: FormData) => {
  const { email, password } = await validate(session, SignIn, form)
  const person = await authenticate(email, password)
  if (!person) {
    return back(session, { errors: { email: "No one here has this e-mail and password" }, input: form })
  }
  session.regenerate()
  session.put("userId", person.id)
  session.flash("success", `Welcome back, ${person.name}`)
  redirect("/account")
})

export const signOut = sessionAction(async (session) => {
  session.invalidate()
  session.flash("success", "You are signed out")
  redirect("/sign-in")
})
