import type { FlashContent, FormFeedback } from "../core/flash"
import type { Answer } from "./answer"
import { parseSetCookie } from "./jar"
import { lookUp, type Tab } from "./tab"

type AnyAnswer = Answer<object, object>

export type Ending = Pick<AnyAnswer, "status" | "redirectedTo" | "redirectType">

/** Flash of one request, and the path of the page that shows it. */
export type Written = FlashContent & { readonly to: string }

/**
 * What became of a request whose cookies the browser has taken.
 *
 * @param shown flash that the response itself showed
 */
export async function readAnswer(
  tab: Tab,
  ending: Ending,
  setCookies: readonly string[],
  shown: readonly Written[] = [],
): Promise<AnyAnswer> {
  const { id, data, left } = await lookUp(tab)
  const written = [...shown, ...left]
  const form = written.flatMap(({ forms }) => forms).at(-1)
  return {
    ...ending,
    flashed: written.flatMap(messagesOf) as never,
    errors: Object.fromEntries((form?.errors ?? []).map(([field, messages]) => [field, [...messages]])),
    old: Object.fromEntries((form?.old ?? []).map(typedInto)),
    bag: form?.bag ?? "",
    cookies: setCookies.map(parseSetCookie),
    session: { id, data },
  }
}

function messagesOf({ to, messages }: Written) {
  return messages.map(([key, value]) => ({ key, value, to }))
}

type Typed = NonNullable<FormFeedback["old"]>[number]

function typedInto([field, values]: Typed): [string, string | string[]] {
  const isList = field.endsWith("[]") || values.length !== 1
  return [field, isList ? [...values] : (values[0] ?? "")]
}
