import type { ReactNode } from "react"
import { Links } from "@/app/links"
import { FlashMessages } from "@/app/session"

export default function ShopLayout({ children, modal }: { children: ReactNode; modal: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Links to={["/", "/account", "/items", "/search", "/counted", "/admin"]} />
        <FlashMessages />
        {children}
        {modal}
      </body>
    </html>
  )
}
