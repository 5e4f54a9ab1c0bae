"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { sessionAction, validate } from "@/app/session"

const Rated = z.object({ stars: z.string().regex(/^[1-5]$/, "One to five stars") })

export const rate = sessionAction(async (session, form: FormData) => {
  await validate(session, Rated, form)
  session.flash("success", String(form.get("message")))
  redirect("/items")
})

/** For the list behind the modal, which the client goes back to. */
export const rateHere = sessionAction(async (session, form: FormData) => {
  await validate(session, Rated, form)
  session.flash("success", String(form.get("message")), { to: "/items" })
  return true
})
