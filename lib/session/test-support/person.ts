import { atRequest, type Outcome, type PassingFacts } from "../core/delivery"
import { TOKEN_PREFIX } from "../core/token-prefix"
import type { JsonObject } from "../core/json"
import type { SessionActor } from "../core/actor"
import type { ReadonlySession, Session } from "../core/session"
import { commitSession, type CommitRequest, type CommitResult } from "../next/commit-session"
import { resolveConfig } from "../next/config"
import type { SetupOptions } from "../next/setup-options"
import { openSession, readRequestCookies } from "../next/open-session"

type WritableSession = Session<JsonObject, JsonObject>

/**
 * One person's browser against the kit without Next, for the kit's own tests: its cookie jar, the
 * requests that write, and the pages it opens.
 */
export interface Person {
  /** Cookies by name. Copy it to replay an old one. */
  readonly jar: Map<string, string>
  /** A request that may write, such as an action: opens the session, runs `callback`, commits. */
  act(
    callback: (session: WritableSession, actor: SessionActor) => unknown,
    outcome?: Outcome,
    from?: string,
  ): Promise<CommitResult>
  /** Opens a page: what waits for it arrives, and the client code clears its tokens. */
  open(path: string, refererPath?: string): Promise<ReadonlySession<JsonObject, JsonObject>>
}

export const redirectTo = (to: string): Outcome => ({ kind: "redirect", to })
export const rerender: Outcome = { kind: "render" }
export const ownResponse: Outcome = { kind: "other" }

/** An answer that carries cookies, to a request from the page at `from`. */
export const answer = (outcome: Outcome, from = ""): CommitRequest => ({
  outcome,
  from,
  cookies: { reach: "browser" },
})

export function createPerson(options: SetupOptions, jar = new Map<string, string>()): Person {
  const config = resolveConfig(options)
  const reader = {
    get: (name: string) => (jar.has(name) ? { value: jar.get(name) as string } : undefined),
    getAll: () => [...jar].map(([name, value]) => ({ name, value })),
  }
  return {
    jar,
    async act(callback, outcome = ownResponse, from = "") {
      const cookies = readRequestCookies(reader, false, config)
      const actor = await openSession(config, cookies, [], () => {})
      await callback(actor.session, actor)
      const result = await commitSession(config, actor, cookies, answer(outcome, from))
      for (const cookie of result.cookies) {
        if (cookie.maxAge > 0) jar.set(cookie.name, cookie.value)
        else jar.delete(cookie.name)
      }
      return result
    },
    async open(path, refererPath) {
      const cookies = readRequestCookies(reader, false, config)
      const ids = cookies.tokens
        .filter((token) => atRequest(token, opening(path, refererPath)) === "show")
        .map((token) => token.id)
      const claims = ids.map((id) => ({ id, by: "document", over: [] }) as const)
      const actor = await openSession(config, cookies, claims, () => {})
      for (const id of ids) jar.delete(TOKEN_PREFIX + id)
      return actor.reader
    },
  }
}

function opening(path: string, refererPath = ""): PassingFacts {
  return { asker: "person", path, refererPath, redirectsTo: undefined, renders: true, isPrerendered: false }
}
