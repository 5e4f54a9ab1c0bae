import { cache } from "react"

const probe = cache(() => ({}))

/**
 * Whether this runs while a server component renders, where no cookie can be set. Next exports
 * nothing that tells, but React caches a call only while it renders.
 */
export function isRendering(): boolean {
  return probe() === probe()
}
