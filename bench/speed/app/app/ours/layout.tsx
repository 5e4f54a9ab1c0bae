import type { ReactNode } from "react"
import { FlashMessages } from "../session.ts"

export default function OursLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <FlashMessages />
      {children}
    </>
  )
}
