"use client"

import { useEffect } from "react"

export function ClearFlash() {
  useEffect(() => {
    document.cookie = "flash=; max-age=0; path=/"
  }, [])
  return null
}
