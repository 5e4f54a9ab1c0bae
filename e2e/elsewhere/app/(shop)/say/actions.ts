"use server"

import { revalidatePath } from "next/cache"
import { redirect } from "next/navigation"
import { sessionAction } from "@/app/session"

export const say = sessionAction((session, form: FormData) => {
  session.flash("success", String(form.get("message")))
  redirect(String(form.get("next")))
})

export const sayHere = sessionAction((session, form: FormData) => {
  session.flash("success", String(form.get("message")))
  revalidatePath("/say")
})
