"use client"

import { usePathname, useSearchParams } from "next/navigation"
import { Suspense, type JSX } from "react"
import { BACK_FIELD } from "../core/wire-names"

/**
 * Tells a route handler which page the form it stands in is on. The browser's own address, which is right
 * also in a layout that stays while pages change, and on a page prerendered for everybody.
 */
export function BackField(): JSX.Element {
  const path = usePathname()
  // Prerendered, a page does not know its query yet.
  return (
    <Suspense fallback={<HiddenField value={path} />}>
      <WithQuery path={path} />
    </Suspense>
  )
}

function WithQuery({ path }: { path: string }): JSX.Element {
  const query = useSearchParams().toString()
  return <HiddenField value={query === "" ? path : `${path}?${query}`} />
}

function HiddenField({ value }: { value: string }): JSX.Element {
  return <input type="hidden" name={BACK_FIELD} value={value} readOnly />
}
