import { redirect } from "next/navigation"
import { sessionRoute } from "@/app/session"
import { withStaffSession } from "../session"

/** The same in one go: one session inside the other's callback. */
export const POST = sessionRoute(async (session, request) => {
  const message = String((await request.formData()).get("message"))
  session.flash("success", `${message} shop`, { to: "/" })
  return withStaffSession((staff) => {
    staff.flash("success", `${message} staff`, { to: "/admin/shifts" })
    redirect("/admin/shifts")
  })
})
