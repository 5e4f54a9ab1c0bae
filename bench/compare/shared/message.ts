export interface Message {
  readonly id: string
  readonly kind: string
  readonly text: string
  /**
   * Written for a later page by something that does not redirect: the response that writes it does not show it. No
   * recipe has an address for a message; this is as near to one as they come without becoming another recipe.
   */
  readonly later?: true
}

/** The messages of a cookie, or none when it is not there or not ours. */
export function parseMessages(value: string | undefined): Message[] {
  if (value === undefined || value === "") return []
  try {
    const parsed: unknown = JSON.parse(value)
    return Array.isArray(parsed) ? (parsed as Message[]) : []
  } catch {
    return []
  }
}
