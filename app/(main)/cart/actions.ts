"use server"

import { back, sessionAction } from "@/app/session"
import { items } from "./items"

export const addToCart = sessionAction(async (session, form: FormData) => {
  const item = items.find((candidate) => candidate.id === form.get("item"))
  if (!item) {
    session.flash("error", "There is no such thing here")
    return back(session)
  }
  const cart = session.get("cart") ?? {}
  session.put("cart", { ...cart, [item.id]: (cart[item.id] ?? 0) + 1 })
  session.flash("success", `Added ${item.name}`)
  return back(session)
})
