import type { FlashMessage, setup } from "next-session-kit"

interface Data {
  count: number
  filler: string
  visited: string
}

/** What the fixture's pages import of `@/app/session`, so that they compile with every rival as they are. */
export type Kit = ReturnType<typeof setup<Data, Record<string, FlashMessage>>>
