"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { sessionAction, validate } from "@/app/session"

const Question = z.object({ question: z.string().min(3, "Bitte drei Zeichen oder mehr") })

export const ask = sessionAction(async (session, form: FormData) => {
  await validate(session, Question, form)
  session.flash("success", String(form.get("message")))
  redirect("/de/hilfe")
})
