import { cookies } from "next/headers"
import { redirect } from "next/navigation"
import { NextResponse, type NextFetchEvent, type NextRequest } from "next/server"
import type { ComponentType } from "react"
import type { Kit } from "./kit"
import type { Message } from "./message"

type Data = Record<string, unknown>
type Handler = (request: NextRequest, event: NextFetchEvent) => unknown

/** A hand-made way to show messages: everything that differs between the rivals. */
export interface Recipe {
  /** In an action or route handler. Gives the address to redirect to instead, where that carries the messages. */
  readonly write: (messages: Message[], redirectTo: string | undefined) => Promise<string | void>
  /** In middleware, onto the response that the app's own middleware made. */
  readonly writeInMiddleware: (
    messages: Message[],
    request: NextRequest,
    response: NextResponse,
  ) => Promise<NextResponse> | NextResponse
  /** Middleware's last word about every request. */
  readonly passMiddleware?: (request: NextRequest, response: NextResponse) => NextResponse
  readonly FlashMessages: ComponentType<{ prerendered?: boolean }>
  /** Where the app's own data are, which no recipe for messages says. Default: a cookie. */
  readonly data?: { readonly read: () => Promise<Data>; readonly write: (data: Data) => Promise<void> }
}

const dataInCookie = {
  async read(): Promise<Data> {
    return JSON.parse((await cookies()).get("data")?.value ?? "{}") as Data
  },
  async write(data: Data): Promise<void> {
    ;(await cookies()).set("data", JSON.stringify(data), { path: "/", httpOnly: true, sameSite: "lax" })
  },
}

/** Gives a recipe the names that the fixture app imports of `@/app/session`. */
export function adapt(recipe: Recipe): Kit {
  const { read, write } = recipe.data ?? dataInCookie
  const inMiddleware = new WeakMap<NextRequest, Message[]>()

  async function getSession() {
    return sessionOf(await read())
  }

  async function withSession(first: unknown, second?: (session: unknown) => unknown) {
    if (second !== undefined) {
      const session = sessionOf({})
      const result = await second(session)
      inMiddleware.set(first as NextRequest, session.flashed)
      return result
    }
    const data = await read()
    const before = JSON.stringify(data)
    const session = sessionOf(data)
    const commit = async (redirectTo?: string) => {
      if (JSON.stringify(data) !== before) await write(data)
      return session.flashed.length > 0 ? recipe.write(session.flashed, redirectTo) : undefined
    }
    let result: unknown
    try {
      result = await (first as (session: unknown) => unknown)(session)
    } catch (error) {
      const instead = await commit(redirectTarget(error))
      if (typeof instead === "string") redirect(instead)
      throw error
    }
    await commit()
    return result
  }

  const sessionAction =
    (callback: (session: unknown, ...args: unknown[]) => unknown) =>
    (...args: unknown[]) =>
      withSession((session: unknown) => callback(session, ...args))

  /** As one writes it by hand, here and in a guard: a post that redirects is answered by 303, which `redirect()` in a route does not. */
  const sessionRoute =
    (callback: (session: unknown, ...args: unknown[]) => unknown) =>
    async (...args: unknown[]) => {
      try {
        return await withSession((session: unknown) => callback(session, ...args))
      } catch (error) {
        const location = redirectTarget(error)
        if (location === undefined) throw error
        return new Response(null, { status: 303, headers: { location } })
      }
    }

  const sessionMiddleware = (handler: Handler) => async (request: NextRequest, event: NextFetchEvent) => {
    let response = ((await handler(request, event)) as NextResponse | undefined) ?? NextResponse.next()
    if (response.status === 307 && request.method === "POST")
      response = NextResponse.redirect(response.headers.get("location") ?? "/", 303)
    const messages = inMiddleware.get(request) ?? []
    if (messages.length > 0) response = await recipe.writeInMiddleware(messages, request, response)
    return recipe.passMiddleware?.(request, response) ?? response
  }

  return {
    getSession,
    withSession,
    sessionAction,
    stateAction: sessionAction,
    sessionRoute,
    sessionMiddleware,
    register: async () => {},
    validate: () => notOffered("validate"),
    back: () => notOffered("back"),
    FlashMessages: recipe.FlashMessages,
  } as unknown as Kit
}

function sessionOf(data: Data) {
  const flashed: Message[] = []
  return {
    flashed,
    get: (key: string) => data[key],
    has: (key: string) => key in data,
    all: () => data,
    put: (key: string, value: unknown) => void (data[key] = value),
    forget: (key: string) => void delete data[key],
    increment: (key: string, by = 1) => (data[key] = Number(data[key] ?? 0) + by),
    flash(kind: string, text: string, options: { to?: string } = {}) {
      flashed.push({ id: crypto.randomUUID(), kind, text, ...(options.to !== undefined && { later: true }) })
    },
    // A page asks for these whatever it was sent: nothing comes of it.
    getFlash: () => undefined,
    old: () => undefined,
    error: () => undefined,
    errors: () => [],
    hasError: () => false,
    now: () => notOffered("now"),
    keep: () => notOffered("keep"),
    regenerate: () => notOffered("regenerate"),
    invalidate: () => notOffered("invalidate"),
  }
}

function notOffered(what: string): never {
  throw new Error(`${what}: this recipe does not offer it`)
}

/** Where a thrown `redirect()` leads. */
function redirectTarget(error: unknown): string | undefined {
  const digest = (error as { digest?: unknown } | null)?.digest
  if (typeof digest !== "string" || !digest.startsWith("NEXT_REDIRECT;")) return undefined
  return digest.split(";").slice(2, -2).join(";")
}
