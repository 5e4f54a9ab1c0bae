import type { Metadata } from "next"
import { getSession } from "@/app/session"
import { addToCart } from "./actions"
import { items } from "./items"

export const metadata: Metadata = { title: "Cart" }

export default async function CartPage() {
  const session = await getSession()
  const cart = session.get("cart") ?? {}
  return (
    <>
      <h1>Cart</h1>
      <ul className="rows" aria-label="Things to add">
        {items.map((item) => (
          <li key={item.id}>
            <span id={`item-${item.id}`}>
              {item.name} <small>{item.price}</small>
            </span>
            <span className="count">{cart[item.id] ?? 0}</span>
            <form action={addToCart}>
              <input type="hidden" name="item" value={item.id} />
              <button aria-describedby={`item-${item.id}`}>Add</button>
            </form>
          </li>
        ))}
      </ul>
    </>
  )
}
