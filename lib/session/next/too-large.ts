import { SessionError } from "../core/errors"
import type { Delivery } from "../core/flash"
import { jsonBytes, type JsonObject } from "../core/json"
import { printable } from "../core/printable"
import { MAX_COOKIE_BYTES } from "../core/limits"

/** The error for a session that does not fit into its cookie; it names what takes the most room. */
export function tooLarge(
  bytes: number,
  data: JsonObject,
  waiting: ReadonlyMap<string, Delivery>,
): SessionError {
  const messages = [...waiting.values()].flatMap((delivery) => delivery.messages)
  const forms = [...waiting.values()].flatMap((delivery) => delivery.forms)
  const parts = [
    ...Object.entries(data).map(([key, value]) => ({
      name: `key "${printable(key)}"`,
      size: jsonBytes(value),
    })),
    ...messages.map(([key, value]) => ({
      name: `flash message "${printable(key)}"`,
      size: jsonBytes(value),
    })),
    { name: "the feedback for a form", size: jsonBytes(forms) },
    { name: "the paths that messages wait for", size: jsonBytes([...waiting.values()].map(({ to }) => to)) },
  ]
  const biggest = parts.reduce((a, b) => (b.size > a.size ? b : a))
  return new SessionError(
    "SESSION_TOO_LARGE",
    `The session cookie would have ${bytes} bytes, and browsers drop one of more than ` +
      `${MAX_COOKIE_BYTES}. Most of it is ${biggest.name} (${biggest.size} bytes of JSON). ` +
      `Nothing was written and the previous session is intact. Store an id instead of the value, ` +
      `or use a server-side store.`,
  )
}
