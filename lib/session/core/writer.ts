import { notNumber } from "./changes"
import { SessionError } from "./errors"
import { noFlash, type FlashContent } from "./flash"
import { copyJson, type JsonObject } from "./json"
import { checkMessage, withoutUndefined } from "./message"
import { normalizePath } from "./path"
import { nextSessionId } from "./random-id"
import { createReads } from "./reader"
import type { Session } from "./session"
import type { SessionCommand, SessionState } from "./state"

/**
 * The handle that actions, route handlers and middleware get: each write becomes a command.
 *
 * @param state as it is at each read
 * @param now the current Unix time in seconds
 */
export function createWriter(
  state: () => SessionState,
  send: (command: SessionCommand) => void,
  now: () => number,
): Session<JsonObject, JsonObject> {
  const reads = createReads(state)
  const put = (key: string, value: unknown) =>
    send({ type: "put", key, value: copyJson(value, `put("${key}")`) })
  const flash = (verb: string, key: string, value: unknown, options: { to?: string; onlyNow?: boolean }) => {
    const name = `${verb}("${key}")`
    const message = copyJson(withoutUndefined(value), name)
    checkMessage(message, name)
    const content: FlashContent = { ...noFlash, messages: [[key, message]] }
    send({ type: "flash", flash: { content, ...options } })
  }

  return {
    get id() {
      return state().id
    },
    ...reads,
    put,
    forget: (key) => send({ type: "forget", key }),
    pull(key) {
      const value = reads.get(key)
      send({ type: "pull", key })
      return value
    },
    increment(key, by = 1) {
      const { data } = state()
      const before = data.has(key) ? data.get(key) : 0
      if (typeof before !== "number") throw notNumber(key)
      copyJson(before + by, `increment("${key}")`)
      send({ type: "increment", key, by })
      return before + by
    },
    flash: (key, value, options = {}) =>
      flash("flash", key, value, options.to === undefined ? {} : { to: flashTarget(options.to) }),
    now: (key, value) => flash("now", key, value, { onlyNow: true }),
    keep: (...keys) => send({ type: "keep", keys }),
    regenerate: () => send({ type: "regenerate", newId: nextSessionId(state().id) }),
    invalidate: () => send({ type: "invalidate", newId: nextSessionId(state().id), now: now() }),
  }
}

function flashTarget(to: string): string {
  const path = normalizePath(to)
  if (path !== undefined) return path
  throw new SessionError(
    "SESSION_FLASH_TARGET_INVALID",
    `flash(…, { to }) was given something that is not a path of this app. ` +
      `A target starts with one slash, for example { to: "/dashboard" }.`,
  )
}
