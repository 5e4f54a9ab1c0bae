import { readFileSync } from "node:fs"
import { expect, it } from "vitest"
import { SessionError } from "../lib/session/core/errors"
import { explainEvent, type SessionEvent } from "../lib/session/core/events"

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8")
const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, name = ""]) => name)
const page = read("errors.md")

it("docs/errors.md has a section for every code, and for no other", () => {
  const listed = found(page, /^## `(SESSION_\w+)`$/gm).toSorted()
  expect(listed).toEqual(found(read("../lib/session/core/errors.ts"), /\| "(SESSION_\w+)"/g).toSorted())
  expect(listed.length).toBeGreaterThan(10)
})

it("an error's message ends with the address of its section", () => {
  const { message } = new SessionError("SESSION_TOO_LARGE", "Too much.")
  expect(message).toMatch(
    /^\[session\] Too much\. \(SESSION_TOO_LARGE: https:.*\/docs\/errors\.md#session_too_large\)$/,
  )
})

it("lists every type of event, with the code it is printed as", () => {
  const events: { [Type in SessionEvent["type"]]: Extract<SessionEvent, { type: Type }>[] } = {
    "session-unreadable": (["malformed", "unsealed", "expired", "unknown"] as const).map((reason) => ({
      type: "session-unreadable",
      reason,
    })),
    "flash-expired": [{ type: "flash-expired", to: "/", keys: [] }],
    "old-input-trimmed": [{ type: "old-input-trimmed", fields: [] }],
    "form-too-large": [{ type: "form-too-large", limit: "text" }],
    "store-slow": [{ type: "store-slow", operation: "load", milliseconds: 1 }],
    "store-unavailable": [{ type: "store-unavailable", operation: "load" }],
    "commit-conflict": [{ type: "commit-conflict" }],
    "cross-site-refused": [{ type: "cross-site-refused", method: "POST" }],
  }
  const rows = [...page.matchAll(/^\| `([\w-]+)` \| (.*SESSION_.*) \|$/gm)].map(
    ([, type = "", codes = ""]) => [type, found(codes, /\[`(SESSION_\w+)`\]/g)],
  )
  const expected = Object.entries(events).map(([type, all]) => [
    type,
    [...new Set(all.map((event) => explainEvent(event).code))],
  ])
  expect(rows).toEqual(expected)
})
