"use server"

import { redirect } from "next/navigation"
import { z } from "zod"
import { sessionAction, validate } from "@/app/session"

const Account = z.object({
  name: z.string().min(3, "Use three letters or more"),
  news: z.literal("yes").optional(),
})

export const saveAccount = sessionAction(async (session, form: FormData) => {
  const { name, news = "no" } = await validate(session, Account, form)
  session.put("person", name)
  session.put("news", news)
  redirect("/account")
})
