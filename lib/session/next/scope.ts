import { AsyncLocalStorage } from "node:async_hooks"
import type { Outcome } from "../core/delivery"

/** What callbacks run for: a request's session. */
interface Scoped {
  /** The callbacks that are running. */
  readonly open: Set<Scope>
}

/** A callback with the session, while it runs. */
export interface Scope {
  readonly request: Scoped
  /** What it runs inside of. */
  readonly around: Around | undefined
  /** Where the response leads, when a callback beside this one has ended by a redirect. */
  leadsTo: Outcome | undefined
  /** Whether it has ended with the response of its route handler, which then was on its way. */
  hasAnswered: boolean
}

type Around = Scope | "middleware"

const AROUND = Symbol.for("next-session-kit.around")

/** On `globalThis`, because Next instantiates modules once per bundle. */
function around(): AsyncLocalStorage<Around> {
  const shared = globalThis as { [AROUND]?: AsyncLocalStorage<Around> }
  return (shared[AROUND] ??= new AsyncLocalStorage())
}

/** Runs an application's middleware, where only the request tells whose session it is. */
export function inMiddleware<Result>(middleware: () => Result): Result {
  return around().run("middleware", middleware)
}

export function isInMiddleware(): boolean {
  return around().getStore() === "middleware"
}

export function startScope(request: Scoped): Scope {
  const scope = { request, around: around().getStore(), leadsTo: undefined, hasAnswered: false }
  request.open.add(scope)
  return scope
}

export function inScope<Result>(scope: Scope, callback: () => Result): Result {
  return around().run(scope, callback)
}

/**
 * Whether a callback around this one commits what it writes. It counts what a callback runs inside of, not
 * what else runs: two in `Promise.all` are beside each other. One that outlives the callback around it is on
 * its own.
 */
export function isNested({ request, around: outer }: Scope): boolean {
  if (outer === undefined || outer === "middleware") return false
  return (outer.request === request && request.open.has(outer)) || isNested({ ...outer, request })
}

/** Whether a callback runs inside one that has answered: in the stream of its response, for example. */
export function outlivesAnswer({ around: outer }: Scope): boolean {
  if (outer === undefined || outer === "middleware") return false
  return outer.hasAnswered || outlivesAnswer(outer)
}

/**
 * A callback has ended.
 *
 * @param outcome where its ending leads the response
 * @returns where the response leads: a redirect beside it decides for all that run then
 */
export function endScope(scope: Scope, outcome: Outcome = { kind: "other" }): Outcome {
  const { open } = scope.request
  open.delete(scope)
  if (outcome.kind !== "redirect") return scope.leadsTo ?? outcome
  for (const beside of open) beside.leadsTo ??= outcome
  return outcome
}
