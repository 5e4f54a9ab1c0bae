"use server"

import { redirect } from "next/navigation"
import { withSession } from "../session.ts"

export async function save() {
  return withSession((session) => {
    session.flash("success", "Saved")
    redirect("/ours/target")
  })
}
