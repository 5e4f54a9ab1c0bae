"use client"

import { usePathname } from "next/navigation"
import { useState } from "react"
import type { Message } from "./message"

interface Board {
  readonly path: string
  readonly seen: readonly string[]
  readonly onScreen: readonly Message[]
}

/**
 * Shows what the server gave, as a careful app would write it: each message is kept while the page re-renders without
 * it, leaves with the page, and can be dismissed.
 */
export function Banner({ messages }: { messages: readonly Message[] }) {
  const path = usePathname()
  const [board, setBoard] = useState<Board>({ path, seen: [], onScreen: [] })
  let next = board.path === path ? board : { ...board, path, onScreen: [] }
  const fresh = messages.filter(({ id }) => !next.seen.includes(id))
  if (fresh.length > 0) next = { path, seen: [...next.seen, ...fresh.map(({ id }) => id)], onScreen: fresh }
  if (next !== board) setBoard(next)

  const dismiss = (id: string) =>
    setBoard((now) => ({ ...now, onScreen: now.onScreen.filter((message) => message.id !== id) }))
  return next.onScreen.map(({ id, kind, text }) => (
    <div key={id} className="flash" role={kind === "success" || kind === "info" ? "status" : "alert"}>
      <span>{text}</span>
      <button type="button" aria-label="Dismiss" onClick={() => dismiss(id)}>
        ×
      </button>
    </div>
  ))
}
