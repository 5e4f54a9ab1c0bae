import { withSession } from "../../session.ts"

/** An action's work without the page: load, change, commit. */
export async function POST() {
  return withSession((session) => {
    session.increment("visits")
    return new Response("ok")
  })
}
