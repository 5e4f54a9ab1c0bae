import { arrival, openGate } from "../../../../gates.mjs"

const nameIn = (request: Request) => new URL(request.url).searchParams.get("gate") ?? ""

/** Answers once a request waits at the gate. */
export async function GET(request: Request) {
  await arrival(nameIn(request))
  return new Response("ok")
}

export function POST(request: Request) {
  openGate(nameIn(request))
  return new Response("ok")
}
