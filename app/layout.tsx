import type { Metadata } from "next"
import type { ReactNode } from "react"
import "./globals.css"

export const metadata: Metadata = {
  title: { default: "Session kit", template: "%s · Session kit" },
  description: "Sessions, flash messages and form feedback for the Next.js App Router.",
}

/** Static: nothing here reads the session, so pages outside `(main)` can be prerendered. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
