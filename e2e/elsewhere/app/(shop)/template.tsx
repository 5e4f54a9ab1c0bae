import type { ReactNode } from "react"

/** Mounted anew for every page. */
export default function ShopTemplate({ children }: { children: ReactNode }) {
  return <div className="page">{children}</div>
}
