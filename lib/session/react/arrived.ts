import type { FlashContent } from "../core/flash.ts"

/** One delivery as the client component gets it: an identity, and the messages to show. */
export interface ArrivedDelivery {
  readonly id: string
  readonly messages: readonly (readonly [kind: string, text: string])[]
}

/** Only text is shown; other flash values, and form feedback, are for the page to read. */
export function arrivedDeliveries(arrived: ReadonlyMap<string, FlashContent>): ArrivedDelivery[] {
  return [...arrived].map(([id, content]) => ({
    id,
    messages: content.messages.filter(
      (message): message is [string, string] => typeof message[1] === "string",
    ),
  }))
}
