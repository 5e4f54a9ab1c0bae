import type { SessionErrorCode } from "./errors"
import {
  MAX_NAME_STEPS,
  MAX_EMPTY_PLACES,
  MAX_EVENT_NAMES,
  MAX_FIELDS,
  MAX_INDEX,
  MAX_NAME_CHARACTERS,
  MAX_TEXT_CHARACTERS,
  type FormLimit,
} from "./limits"
import { printable, printableList } from "./printable"
import type { UnreadableReason } from "./store"

/**
 * Something worth knowing about a session. Never contains an id, a token, a secret or a value; names of
 * fields are as the visitor sent them.
 */
export type SessionEvent =
  /** A cookie gave no session; the person goes on without one. */
  | { readonly type: "session-unreadable"; readonly reason: UnreadableReason }
  /** A flash nobody arrived for was dropped; `to` is its path, a long one as a hash that begins with `~`. */
  | { readonly type: "flash-expired"; readonly to: string; readonly keys: readonly string[] }
  /** What was typed into fields was too long to be given back: the first of them, and how many `more`. */
  | { readonly type: "old-input-trimmed"; readonly fields: readonly string[]; readonly more?: number }
  /** A form sent more than the limits allow, so it was sent back unread. */
  | { readonly type: "form-too-large"; readonly limit: FormLimit }
  /** The store took longer than a person should wait. */
  | { readonly type: "store-slow"; readonly operation: string; readonly milliseconds: number }
  /** The store could not answer; the request failed. */
  | { readonly type: "store-unavailable"; readonly operation: string }
  /** The session ended while a request was working on it; nothing was written. */
  | { readonly type: "commit-conflict" }
  /** Another site's page sent this request to a route handler that uses the session. */
  | { readonly type: "cross-site-refused"; readonly method: string }

/** @param fields names of what was too long to be given back */
export function inputTrimmed(fields: readonly string[]): SessionEvent {
  const listed = fields.slice(0, MAX_EVENT_NAMES)
  const more = fields.length - listed.length
  return { type: "old-input-trimmed", fields: listed, ...(more > 0 && { more }) }
}

/** What a developer is told of an event: its code, what happened and what to do. */
export function explainEvent(event: SessionEvent): { code: SessionErrorCode; text: string } {
  switch (event.type) {
    case "session-unreadable":
      return event.reason === "malformed" || event.reason === "unsealed"
        ? {
            code: "SESSION_UNREADABLE",
            text:
              `A session cookie could not be read (${event.reason}) and was ignored. If this is your own ` +
              `browser, the secret, the cookie's name or the store has changed; otherwise nothing is to be done.`,
          }
        : {
            code: "SESSION_ENDED",
            text:
              `A cookie named a session that is over (${event.reason}); the person goes on without it. If ` +
              `this happens too early, look at idleSeconds and absoluteSeconds, and whether the store evicts.`,
          }
    case "flash-expired":
      return {
        code: "SESSION_FLASH_EXPIRED",
        text:
          `Nobody opened ${event.to === "*" ? "any page" : `"${printable(event.to)}"`} in time for a ` +
          `message (${printableList(event.keys) || "form feedback"}), so it was dropped. Check where it is addressed, ` +
          `and that middleware runs there.`,
      }
    case "old-input-trimmed":
      return {
        code: "SESSION_INPUT_TRIMMED",
        text:
          `What was typed into ${printableList(event.fields, event.more)} is too long to be given back: a form gets ` +
          `back 32 KB at most, and on the cookie store what fits into 4 KB with the rest of the session. ` +
          `Name what need not come back in validate(…, { secretFields }), or use a server-side store.`,
      }
    case "form-too-large":
      return {
        code: "SESSION_FORM_TOO_LARGE",
        text:
          `A form was sent back unread, for it has ${tooMuch[event.limit]}. If it is a form of yours, split ` +
          `it, or read its FormData without validate().`,
      }
    case "store-slow":
      return {
        code: "SESSION_STORE_SLOW",
        text:
          `The session store took ${event.milliseconds} ms to ${event.operation}. Put it next to the app ` +
          `server, and see whether it is overloaded.`,
      }
    case "store-unavailable":
      return {
        code: "SESSION_STORE_UNAVAILABLE",
        text: `The session store could not ${event.operation}. Check that it is running and reachable.`,
      }
    case "commit-conflict":
      return {
        code: "SESSION_GONE",
        text:
          `A session ended (sign-out elsewhere, a new id, expiry) while a request was working on it. ` +
          `Nothing was written; the next request starts without it.`,
      }
    case "cross-site-refused":
      return {
        code: "SESSION_CROSS_SITE",
        text:
          `A ${printable(event.method)} request from another site to a route handler that uses withSession() was ` +
          `refused. If that site is yours, list its host in setup({ allowedOrigins }).`,
      }
  }
}

const tooMuch: Record<FormLimit, string> = {
  fields: `more than ${MAX_FIELDS} fields`,
  name: `a field whose name has more than ${MAX_NAME_CHARACTERS} characters`,
  text: `more than ${MAX_TEXT_CHARACTERS} characters of text`,
  nesting:
    `an index beyond ${MAX_INDEX}, a name of more than ${MAX_NAME_STEPS} steps, or lists with more than ` +
    `${MAX_EMPTY_PLACES} empty places`,
}
