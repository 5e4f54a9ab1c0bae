"use server"

import { cookies } from "next/headers"
import { redirect } from "next/navigation"

export async function save() {
  const jar = await cookies()
  jar.set("flash", "Saved", { path: "/" })
  redirect("/hand/target")
}
