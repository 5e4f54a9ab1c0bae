"use client"

import { useEffect } from "react"
import { Banner } from "../shared/banner"
import type { Message } from "../shared/message"
import { clearFlash } from "./clear"

export function IronBanner({ messages }: { messages: readonly Message[] }) {
  useEffect(() => {
    if (messages.length > 0) void clearFlash(messages.map(({ id }) => id))
  }, [messages])
  return <Banner messages={messages} />
}
