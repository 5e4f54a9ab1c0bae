"use client"

import { startTransition, useEffect, useRef } from "react"
import { toast, Toaster } from "sonner"
import type { Message } from "../shared/message"
import { dismissToast } from "./dismiss"

const show = {
  success: toast.success,
  info: toast.info,
  warning: toast.warning,
  error: toast.error,
} as Record<string, typeof toast.success>

export function ClientToaster({ toasts }: { toasts: readonly Message[] }) {
  const given = useRef(new Set<string>())
  useEffect(() => {
    for (const { id, kind, text } of toasts) {
      if (given.current.has(id)) continue
      given.current.add(id)
      const dismiss = () => startTransition(() => dismissToast(id))
      ;(show[kind] ?? toast)(text, { id, onDismiss: dismiss, onAutoClose: dismiss })
    }
  }, [toasts])
  return <Toaster closeButton toastOptions={{ className: "flash", closeButtonAriaLabel: "Dismiss" }} />
}
