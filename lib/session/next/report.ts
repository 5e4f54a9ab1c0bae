import { isThenable, type Awaitable } from "../core/awaitable"
import { explainEvent, type SessionEvent } from "../core/events"
import { withCode, type SessionErrorCode } from "../core/errors"
import { MAX_TRACE_CHARACTERS, MAX_WARNINGS } from "../core/limits"
import { printable } from "../core/printable"

const PRINTED = Symbol.for("next-session-kit.printed")

/** Prints a warning once per process and text: Next's modules are instantiated once per bundle. */
export function warnOnce(code: SessionErrorCode, text: string): void {
  const shared = globalThis as { [PRINTED]?: Set<string> }
  const printed = (shared[PRINTED] ??= new Set())
  // The same story with another number of milliseconds is the same.
  const story = text.replace(/\d+/g, "")
  // Stories that name what a visitor sent could go on for ever.
  if (printed.has(story) || printed.size >= MAX_WARNINGS) return
  printed.add(story)
  console.warn(withCode(code, text))
}

/** Warns of what a developer can mend; in production nobody is there to read it. */
export function warnInDevelopment(code: SessionErrorCode, text: string): void {
  if (process.env.NODE_ENV === "development") warnOnce(code, text)
}

/** Passes events on to the application's hook, which cannot break a request, and to the developer. */
export function createReporter(
  hook: (event: SessionEvent) => Awaitable<void>,
): (event: SessionEvent) => void {
  return (event) => {
    trace(event.type, () => event)
    const { code, text } = explainEvent(event)
    warnInDevelopment(code, text)
    try {
      const told = hook(event)
      // Nobody waits for it, so nobody else would hear that it failed: that ends a process.
      if (isThenable(told)) told.then(undefined, (error: unknown) => console.error(error))
    } catch (error) {
      console.error(error)
    }
  }
}

/** Looked up once: each look into the environment takes as long as opening a session that is at hand. */
const isTracing = /(^|,)(session|\*)(,|$)/.test(process.env["DEBUG"] ?? "")

/** Prints one step in the life of a request when DEBUG names `session`. Never an id or a value. */
export function trace(step: string, facts: () => object): void {
  if (!isTracing) return
  console.debug(`[session] ${step} ${printable(JSON.stringify(facts()), MAX_TRACE_CHARACTERS)}`)
}
