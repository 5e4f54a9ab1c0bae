"use server"

import { redirect } from "next/navigation"
import { sessionAction } from "@/app/session"

/** In a popup: what it says is for the page that opened it. */
export const signIn = sessionAction((session, form: FormData) => {
  session.regenerate()
  session.put("person", "ada")
  session.flash("success", String(form.get("message")), { to: String(form.get("to")) })
  redirect("/sign-in/done")
})
