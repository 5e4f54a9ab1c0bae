"use server"

import { back, sessionAction, validate } from "@/app/session"
import { PasswordForm, SettingsForm } from "./schema"

export const saveSettings = sessionAction(async (session, form: FormData) => {
  const { picture, ...settings } = await validate(session, SettingsForm, form)
  const before = session.get("settings")?.picture ?? ""
  session.put("settings", { ...settings, picture: picture?.name || before })
  session.flash("success", "Settings saved")
  return back(session)
})

/** The second form of the page; its bag keeps what it gets back apart from the first. */
export const changePassword = sessionAction(async (session, form: FormData) => {
  await validate(session, PasswordForm, form, { bag: "password" })
  session.flash("info", "This demo keeps no passwords, but yours would be changed now")
  return back(session)
})
