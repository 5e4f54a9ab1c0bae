"use client"

import { useEffect } from "react"

export function CloseWindow() {
  useEffect(() => {
    const opener = window.opener as Window | null
    opener?.postMessage("signed in", location.origin)
    if (opener) window.close()
  }, [])
  return null
}
