"use client"

import { useSearchParams } from "next/navigation"
import { useEffect, useMemo } from "react"
import { Banner } from "../shared/banner"

const kinds = ["success", "info", "warning", "error"]

export function ParameterBanner() {
  const parameters = useSearchParams()
  // An address that comes again is a message again: the memo gives its messages new names.
  const messages = useMemo(
    () =>
      kinds.flatMap((kind) =>
        parameters
          .getAll(kind)
          .map((text, index) => ({ id: `${kind}-${index}-${Math.random()}`, kind, text })),
      ),
    [parameters],
  )
  useEffect(() => {
    if (messages.length === 0) return
    const address = new URL(location.href)
    for (const kind of kinds) address.searchParams.delete(kind)
    history.replaceState(null, "", address)
  }, [messages])
  return <Banner messages={messages} />
}
