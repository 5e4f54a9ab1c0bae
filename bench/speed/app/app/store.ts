import type { SessionStore } from "next-session-kit"

/** The kit chooses, as in any app; the variant `stores` has `store-by-environment.ts` in this one's place. */
export const store: SessionStore | undefined = undefined
