import { sessionRoute } from "@/app/session"

const closes = `<!doctype html><html lang="en"><title>Signed in</title>
<script>opener?.postMessage("signed in", location.origin); close()</script>`

/** What it says is for the next page. */
export const POST = sessionRoute(async (session, request) => {
  session.regenerate()
  session.put("person", "ada")
  session.flash("success", String((await request.formData()).get("message")))
  return new Response(closes, { headers: { "content-type": "text/html; charset=utf-8" } })
})
