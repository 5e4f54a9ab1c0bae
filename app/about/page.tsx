import type { Metadata } from "next"
import Link from "next/link"
import { FlashMessages } from "@/app/session"

export const metadata: Metadata = { title: "About" }

/** Never touches the session on the server, so Next prerenders it; a message is fetched when one waits. */
export default function AboutPage() {
  return (
    <main>
      <FlashMessages prerendered />
      <h1>About</h1>
      <p>
        This page is prerendered: it reads no session, sets no cookie and can be served from any cache. A page
        pays for the session only when it asks for it.
      </p>
      <p>
        <Link href="/">Back to the start</Link>
      </p>
    </main>
  )
}
