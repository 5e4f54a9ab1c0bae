"use client"

import { useRouter } from "next/navigation"
import { useEffect, useRef, type JSX } from "react"
import { addressOf, followFeedback } from "./feedback-on-page"

/** Feedback this document has moved the focus for. */
const focused = new Set<string>()

/**
 * Moves the focus to the first invalid field of the form it stands in, once per failed submission, and sees
 * to it that the errors are not back on Back, on pages without a banner too.
 */
export function FocusFirstInvalid({ feedbackId }: { feedbackId: string }): JSX.Element {
  const marker = useRef<HTMLSpanElement>(null)
  const { refresh } = useRouter()
  useEffect(() => {
    followFeedback(feedbackId, { address: addressOf(location.href), refresh })
    if (focused.has(feedbackId)) return
    focused.add(feedbackId)
    marker.current?.closest("form")?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [feedbackId, refresh])
  return <span ref={marker} hidden />
}
