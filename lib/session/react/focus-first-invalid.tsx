"use client"

import { useRouter } from "next/navigation"
import { useEffect, useRef, type JSX } from "react"

/** Feedback this document has shown. */
const shown = new Set<string>()

/**
 * Moves the focus to the first invalid field of the form it stands in, once per failed submission.
 * When the router replays an old payload, on Back, it asks for the page as it is now instead.
 */
export function FocusFirstInvalid({ feedbackId }: { feedbackId: string }): JSX.Element {
  const here = useRef<HTMLSpanElement>(null)
  const current = useRef("")
  const router = useRouter()
  useEffect(() => {
    if (current.current === feedbackId) return
    if (shown.has(feedbackId)) return router.refresh()
    current.current = feedbackId
    shown.add(feedbackId)
    here.current?.closest("form")?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [feedbackId, router])
  return <span ref={here} hidden />
}
