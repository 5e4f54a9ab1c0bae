"use client"

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

/** What toasters show, and who had it shown last: another page's layout may have a toaster of its own. */
const onScreen = new Map<string, { readonly message: Notice; readonly owner: object }>()

function createToasts() {
  const owner = {}
  let mounts = 0
  let hideLast: ToastHandlers["hide"] = () => {}
  let hidden: Notice[] = []

  const owned = () =>
    [...onScreen.values()].filter((toast) => toast.owner === owner).map(({ message }) => message)

  return {
    tell(
      messages: readonly Notice[],
      dismiss: (message: Notice) => void,
      { show, hide }: ToastHandlers,
    ): void {
      hideLast = hide
      for (const message of owned()) {
        if (messages.some(({ key }) => key === message.key)) continue
        onScreen.delete(message.key)
        hide(message)
      }
      for (const message of messages) {
        const { key } = message
        const isIt = () => onScreen.get(key)?.message === message
        if (isIt()) continue
        onScreen.set(key, { message, owner })
        show(message, () => {
          if (isIt()) onScreen.delete(key)
          dismiss(message)
        })
      }
    },
    mount(): () => void {
      const mount = ++mounts
      // Under `cacheComponents` a toaster is kept with its page, and deaf meanwhile.
      for (const message of hidden) if (!onScreen.has(message.key)) hideLast(message)
      hidden = []
      const end = () => {
        // StrictMode mounts it again at once.
        if (mount !== mounts) return
        hidden = owned()
        for (const message of hidden) {
          onScreen.delete(message.key)
          hideLast(message)
        }
      }
      return () => queueMicrotask(end)
    },
  }
}
