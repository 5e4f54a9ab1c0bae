"use client"

import { usePathname } from "next/navigation"
import { useEffect, useRef, useState } from "react"
import { Banner } from "../shared/banner"
import { parseMessages, type Message } from "../shared/message"

const COOKIE = "flash_messages"

/** Clears the cookie once its messages are on screen, and finds those that no server component has rendered. */
export function ClearedBanner({ messages }: { messages: readonly Message[] }) {
  const path = usePathname()
  const lastPath = useRef<string>(null)
  const [found, setFound] = useState<readonly Message[]>([])
  useEffect(() => {
    const hasMoved = lastPath.current !== path
    lastPath.current = path
    const pair = document.cookie.split("; ").find((each) => each.startsWith(`${COOKIE}=`))
    const waiting = parseMessages(pair && decodeURIComponent(pair.slice(COOKIE.length + 1)))
    const due = waiting.filter(({ later }) => hasMoved || !later)
    if (due.length === 0) return
    setFound(due)
    document.cookie = `${COOKIE}=; Max-Age=0; Path=/`
  }, [path, messages])
  const ids = new Set(messages.map(({ id }) => id))
  return <Banner messages={[...messages, ...found.filter(({ id }) => !ids.has(id))]} />
}
