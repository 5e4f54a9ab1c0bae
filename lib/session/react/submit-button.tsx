"use client"

import type { ButtonHTMLAttributes, JSX } from "react"
import { useFormStatus } from "react-dom"

/** A submit button that cannot be pressed again while its form's action runs. */
export function SubmitButton({ onClick, ...props }: ButtonHTMLAttributes<HTMLButtonElement>): JSX.Element {
  const { pending } = useFormStatus()
  return (
    <button
      {...props}
      aria-disabled={pending || props["aria-disabled"]}
      onClick={(event) => (pending ? event.preventDefault() : onClick?.(event))}
    />
  )
}
