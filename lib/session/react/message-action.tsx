"use client"

import { usePathname, useRouter } from "next/navigation"
import { useEffect, useState, type JSX } from "react"
import type { FlashAction } from "../core/message"
import { actionMarkup } from "./banner-markup"
import { followActions } from "./follow-actions"
import { basePathOf } from "./this-document"

/**
 * The action of a message, for a toaster of the application's own: a link, or a form that tells its route handler
 * which page it is on. For the browser only, as toasts are.
 */
export function MessageAction({ action }: { action: FlashAction }): JSX.Element {
  const path = usePathname()
  const { push } = useRouter()
  const [basePath] = useState(() => basePathOf(path))
  useEffect(() => followActions(basePath, push), [basePath, push])
  return actionMarkup(action, { basePath, address: path })
}
