/** What a progressive web app's worker does with a request: pass it on, or make one of its own of it. */
const answers: Record<string, string> = {
  forward: "fetch(event.request)",
  renew: `fetch(new Request(event.request, { headers: new Headers([...event.request.headers, ["x-worker", "1"]]) }))`,
}

export function GET(request: Request) {
  const kind = new URL(request.url).searchParams.get("kind") ?? ""
  const script = `
addEventListener("install", () => skipWaiting())
addEventListener("activate", (event) => event.waitUntil(clients.claim()))
addEventListener("fetch", (event) => event.respondWith(${answers[kind]}))`
  return new Response(script, { headers: { "content-type": "text/javascript" } })
}
