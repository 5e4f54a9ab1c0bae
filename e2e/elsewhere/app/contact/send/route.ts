import { redirect } from "next/navigation"
import { z } from "zod"
import { sessionRoute, validate } from "@/app/session"

const Contact = z.object({ text: z.string().min(3, "Use three letters or more") })

export const POST = sessionRoute(async (session, request) => {
  const form = await request.formData()
  await validate(session, Contact, form)
  session.flash("success", String(form.get("message")))
  redirect("/account")
})
