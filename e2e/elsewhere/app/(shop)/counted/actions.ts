"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { sessionAction, validate } from "@/app/session"

const Named = z.object({ name: z.string().min(3, "Use three letters or more") })

export const putName = sessionAction(async (session, form: FormData) => {
  const { name } = await validate(session, Named, form)
  session.put("person", name)
  session.flash("success", String(form.get("message")))
  redirect("/counted")
})
