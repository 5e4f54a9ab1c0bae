"use client"

import Link from "next/link"
import { usePathname } from "next/navigation"
import { useState, type JSX } from "react"
import type { FlashAction } from "../core/message"
import { BackField } from "./back-field"
import { basePathOf } from "./this-document"

/**
 * The action of a message, for a toaster of the application's own: a link, or a form that tells its route handler
 * which page it is on. It is rendered in the browser only, as toasts are.
 */
export function MessageAction({ action }: { action: FlashAction }): JSX.Element {
  const path = usePathname()
  const [basePath] = useState(() => basePathOf(path))
  if ("href" in action) {
    return (
      <Link className="flash-action" href={action.href}>
        {action.label}
      </Link>
    )
  }
  return (
    <form className="flash-action" method="post" action={basePath + action.post}>
      <BackField />
      {Object.entries(action.fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit">{action.label}</button>
    </form>
  )
}
