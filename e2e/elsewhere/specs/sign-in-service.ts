import { once } from "node:events"
import { createServer, type Server } from "node:http"

/** Where the sign-in service is; to the browser another site than the app's `localhost`. */
export const signInPort = () => Number(process.env.E2E_PORT_SIGN_IN)

/**
 * Another site that signs people in: it sends them back by a link, after some redirects of its own, or by
 * a form that they post (`/form?action=…`).
 *
 * @param app origin of the app it sends people back to
 */
export async function startSignInService(app: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname, searchParams, search } = new URL(request.url ?? "/", "http://service")
    const redirects: Record<string, string> = {
      "/authorize": `/consent${search}`,
      "/consent": `/code${search}`,
      "/code": `${app}/auth/return${search}`,
    }
    const location = redirects[pathname]
    if (location !== undefined) return void response.writeHead(302, { location }).end()
    response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html><html lang="en">
<title>Sign-in service</title><link rel="icon" href="data:,">
<form method="post" action="${app}${searchParams.get("action")}">
<input type="hidden" name="message" value="${searchParams.get("message")}"><button>continue</button></form>`)
  }).listen(signInPort(), "127.0.0.1")
  await once(server, "listening")
  return server
}
