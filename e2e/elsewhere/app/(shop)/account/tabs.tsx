"use client"

import { useRouter } from "next/navigation"

/** Moves on without asking the server. */
export function Tabs() {
  const router = useRouter()
  const push = (address: string) => () => history.pushState(null, "", address)
  return (
    <>
      <button type="button" onClick={push("/account?tab=orders")}>
        orders
      </button>
      <button type="button" onClick={push("/account/orders")}>
        all orders
      </button>
      <button type="button" onClick={() => router.back()}>
        go back
      </button>
    </>
  )
}
