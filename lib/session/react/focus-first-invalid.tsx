"use client"

import { useEffect, useRef, type JSX } from "react"

/** Moves the focus to the first invalid field of the form it stands in, once per failed submission. */
export function FocusFirstInvalid(): JSX.Element {
  const here = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    here.current?.closest("form")?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  })
  return <span ref={here} hidden />
}
