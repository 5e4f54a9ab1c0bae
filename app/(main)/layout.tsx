import Link from "next/link"
import type { ReactNode } from "react"
import { FlashMessages, getSession } from "@/app/session"
import { signOut } from "./sign-in/actions"

export default async function MainLayout({ children }: { children: ReactNode }) {
  const session = await getSession()
  const thingsInCart = Object.values(session.get("cart") ?? {}).reduce((sum, count) => sum + count, 0)
  return (
    <>
      <header className="site-header">
        <nav aria-label="Main">
          <Link href="/">Home</Link>
          <Link href="/notes">Notes</Link>
          <span>
            <Link href="/cart">Cart</Link>{" "}
            <span className="count" data-testid="cart-count" aria-label={`${thingsInCart} in the cart`}>
              {thingsInCart}
            </span>
          </span>
          <Link href="/dashboard">Dashboard</Link>
          <Link href="/settings">Settings</Link>
        </nav>
        {session.has("userId") ? (
          <form action={signOut}>
            <button className="quiet">Sign out</button>
          </form>
        ) : (
          <Link href="/sign-in">Sign in</Link>
        )}
      </header>
      <main>
        <FlashMessages />
        {children}
      </main>
    </>
  )
}
