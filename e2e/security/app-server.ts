import { test } from "@playwright/test"
import { startBackend, startNext } from "../next-server.ts"
import { send, valuesOf, type RawRequest, type RawResponse } from "./raw-http.ts"

export const SECRET = "V6Zk1m9qWb3xT8yR2nJc5sLf7gHd4pQa"

/** The store under test: `cookie-store` or `redis`. */
export const store = () => test.info().project.name

interface SessionEvent {
  readonly type: string
  readonly reason?: string
}

export type AppServer = Awaited<ReturnType<typeof startApp>>

/**
 * An app server of a test file's own, on the build that the project's web server made, so that it may
 * have another secret, be counted and be killed. The `redis` project's gets a Redis and a bridge, or
 * shares another server's.
 */
export async function startApp(
  project: string,
  {
    secret = SECRET,
    beside,
    serves = true,
    environment = {},
  }: {
    secret?: string
    environment?: Record<string, string>
    beside?: { backend: Backend | undefined }
    /** Whether pages are to be expected, and not merely an answer. */
    serves?: boolean
  } = {},
) {
  const backend = project === "redis" ? (beside?.backend ?? (await startBackend())) : undefined
  const env: NodeJS.ProcessEnv = { ...process.env, ...backend?.env, ...environment, SESSION_SECRET: secret }
  if (backend === undefined) {
    delete env.UPSTASH_REDIS_REST_URL
    delete env.UPSTASH_REDIS_REST_TOKEN
  }
  const app = await startNext("fixture", env, serves)
  const { origin, printed, kill } = app

  const request = (path: string, given: Omit<RawRequest, "path"> = {}) => send(origin, { path, ...given })
  return {
    origin,
    backend,
    bridge: backend?.bridge,
    request,
    printed,
    kill,
    /** What `onEvent` was told since the last time, by pages and route handlers, and by middleware. */
    async events(): Promise<{ node: SessionEvent[]; edge: SessionEvent[] }> {
      const answer = await request("/api/events", { method: "DELETE" })
      // A machine that is busy makes any store slow.
      const told = (json = "[]") =>
        (JSON.parse(json) as SessionEvent[]).filter(({ type }) => type !== "store-slow")
      return { node: told(answer.body), edge: told(valuesOf(answer, "x-edge-events")[0]) }
    },
    async stop(): Promise<void> {
      await app.stop()
      if (beside === undefined) await backend?.stop()
    },
  }
}

type Backend = Awaited<ReturnType<typeof startBackend>>

type Header = readonly [name: string, value: string]

/** What a browser sends when a person opens a page. */
export const asDocument: readonly Header[] = [
  ["accept", "text/html"],
  ["sec-fetch-dest", "document"],
]

/** A person's cookie jar, without a browser; requests are written by hand. */
export function createPerson(app: Pick<AppServer, "origin" | "request">, jar = new Map<string, string>()) {
  const keep = (response: RawResponse): RawResponse => {
    for (const cookie of valuesOf(response, "set-cookie")) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (/; Max-Age=0/i.test(cookie)) jar.delete(name)
      else jar.set(name, value)
    }
    return response
  }
  const cookieHeader = (): Header[] => {
    const cookies = [...jar].map(([name, value]) => `${name}=${value}`)
    return cookies.length === 0 ? [] : [["cookie", cookies.join("; ")]]
  }
  const ask = async (path: string, { headers = [], ...given }: Omit<RawRequest, "path"> = {}) =>
    keep(await app.request(path, { ...given, headers: [...cookieHeader(), ...headers] }))
  return {
    jar,
    /** The session cookie's value, as sent. */
    cookie: () => jar.get("session") ?? "",
    ask,
    open: (path: string, headers: readonly Header[] = []) =>
      ask(path, { headers: [...asDocument, ...headers] }),
    /** Runs verbs on the session, through a route handler. */
    async call(...calls: unknown[][]): Promise<{ id: string; data: Record<string, unknown> }> {
      const headers: Header[] = [
        ["origin", app.origin],
        ["content-type", "application/json"],
      ]
      const { body } = await ask("/api/session", { method: "POST", headers, body: JSON.stringify(calls) })
      return JSON.parse(body)
    },
    async read(): Promise<{ id: string; data: Record<string, unknown> }> {
      return JSON.parse((await ask("/api/session")).body)
    },
    post: (
      path: string,
      fields: Record<string, string>,
      headers: readonly Header[] = [["origin", app.origin]],
    ) =>
      ask(path, {
        method: "POST",
        headers: [...asDocument, ["content-type", "application/x-www-form-urlencoded"], ...headers],
        body: new URLSearchParams(fields).toString(),
      }),
  }
}

export type Person = ReturnType<typeof createPerson>
