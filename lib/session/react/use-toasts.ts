import { useEffect, useState } from "react"
import type { Notice } from "../core/arrived"
import type { FlashToasterProps } from "./flash-banner"

/** How a toaster library is told of messages. */
export interface ToastHandlers {
  /**
   * Puts a message on the screen; called once for each. One that takes the place of another has the `key` of that one.
   *
   * @param gone to be called when the toaster has taken it off by itself: its time is over, or it was dismissed
   */
  readonly show: (message: Notice, gone: () => void) => void
  /** Takes it off, because the person left its page. */
  readonly hide: (message: Notice) => void
}

/**
 * Tells a toaster library, which is told of toasts one by one, of the messages that `<FlashMessages as={…} />` gives
 * to a component of the application. Each is told of once, also where React runs effects twice.
 */
export function useToasts({ messages, dismiss }: FlashToasterProps, handlers: ToastHandlers): void {
  const [toasts] = useState(createToasts)
  useEffect(() => toasts.tell(messages, dismiss, handlers))
  useEffect(() => toasts.mount(), [toasts])
}

function createToasts() {
  const onScreen = new Map<string, Notice>()
  let mounts = 0
  let hideLast: ToastHandlers["hide"] = () => {}

  return {
    tell(
      messages: readonly Notice[],
      dismiss: (message: Notice) => void,
      { show, hide }: ToastHandlers,
    ): void {
      hideLast = hide
      for (const [key, message] of onScreen) {
        if (messages.some((other) => other.key === key)) continue
        onScreen.delete(key)
        hide(message)
      }
      for (const message of messages) {
        const { key } = message
        if (onScreen.get(key) === message) continue
        onScreen.set(key, message)
        show(message, () => {
          if (onScreen.get(key) === message) onScreen.delete(key)
          dismiss(message)
        })
      }
    },
    mount(): () => void {
      const mount = ++mounts
      const end = () => {
        // StrictMode mounts it again at once.
        if (mount !== mounts) return
        for (const message of onScreen.values()) hideLast(message)
        onScreen.clear()
      }
      return () => queueMicrotask(end)
    },
  }
}
