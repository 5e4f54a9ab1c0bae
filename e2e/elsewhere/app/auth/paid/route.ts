import { sessionRoute } from "@/app/session"

/** Another site's post that writes to the session the person may have. */
export const POST = sessionRoute(async (session, request) => {
  session.put("news", "paid")
  session.flash("success", String((await request.formData()).get("message")))
  return new Response("thanks")
})
