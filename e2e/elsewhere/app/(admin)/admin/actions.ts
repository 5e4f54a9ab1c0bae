"use server"

import { redirect } from "next/navigation"
import { withSession } from "@/app/session"
import { withStaffSession } from "./session"

/** Tells the staff here, and the shop's visitor on the shop's page. */
export async function announce(form: FormData) {
  const message = String(form.get("message"))
  await withSession((session) => session.flash("success", `${message} shop`, { to: "/" }))
  return withStaffSession((session) => {
    session.flash("success", `${message} staff`)
    redirect("/admin/shifts")
  })
}

export async function sayToStaff(form: FormData) {
  return withStaffSession((session) => {
    session.put("shift", "late")
    session.flash("success", `${form.get("message")} staff`)
    redirect(String(form.get("next")))
  })
}

export async function sayInShop(form: FormData) {
  return withSession((session) => {
    session.flash("success", `${form.get("message")} shop`)
    redirect(String(form.get("next")))
  })
}
