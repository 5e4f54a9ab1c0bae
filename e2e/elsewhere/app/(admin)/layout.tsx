import type { ReactNode } from "react"
import { Links } from "@/app/links"
import { FlashMessages } from "@/app/session"
import { StaffMessages } from "./admin/session"

/** A root layout of its own: the browser loads a document on the way from the shop, and back. */
export default function AdminLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Links to={["/admin", "/admin/shifts", "/"]} />
        <section aria-label="shop">
          <FlashMessages />
        </section>
        <section aria-label="staff">
          <StaffMessages />
        </section>
        {children}
      </body>
    </html>
  )
}
