import { NextResponse } from "next/server"
import type { Json } from "../core/json"
import { commitSession } from "../next/commit-session"
import type { Config } from "../next/config"
import { misused } from "./misused"
import { openSession, readRequestCookies } from "../next/open-session"

/** What a test puts into a session that it did not write itself. */
export interface SessionSeed<Data extends object, Flash extends object> {
  data?: Partial<Data> | undefined
  /** Messages that wait, by key. */
  flash?: Partial<Flash> | undefined
  /** The path they wait at; without it the next page that is opened shows them. */
  to?: string | undefined
}

export interface SeededSession {
  readonly id: string
  /** One `Set-Cookie` value each. */
  readonly setCookies: readonly string[]
}

/** Begins a session in the application's own store, as a route handler that writes it would. */
export async function seed(
  config: Config,
  { data = {}, flash = {}, to }: SessionSeed<object, object>,
  https: boolean,
): Promise<SeededSession> {
  refuseNoObject("data", data)
  refuseNoObject("flash", flash)
  const cookies = readRequestCookies(new NextResponse().cookies, https, config)
  const actor = await openSession(config, cookies, [], () => {})
  for (const [key, value] of valuesOf(data)) actor.session.put(key, value)
  for (const [key, value] of valuesOf(flash)) {
    actor.session.flash(key, value, to === undefined ? {} : { to })
  }
  const { cookies: written } = await commitSession(config, actor, cookies, {
    outcome: { kind: "other" },
    from: "",
    cookies: { reach: "browser" },
  })
  const response = new NextResponse()
  for (const cookie of written) response.cookies.set(cookie)
  return { id: actor.state().storedId ?? "", setCookies: response.headers.getSetCookie() }
}

function refuseNoObject(name: string, values: unknown): void {
  if (typeof values === "object" && values !== null && !Array.isArray(values)) return
  throw misused(`A session is begun with an object of its ${name}, by key, such as { userId: "7" }.`)
}

/** An optional key may be spelled out as undefined, and then has no value. */
function valuesOf(values: object): [string, Json][] {
  return Object.entries(values).filter(([, value]) => value !== undefined) as [string, Json][]
}
