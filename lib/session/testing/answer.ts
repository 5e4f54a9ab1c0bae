import type { SetCookie } from "./jar"

/** A message that a request left for a page. */
export type FlashedMessage<Flash extends object> = {
  readonly [Key in keyof Flash & string]: {
    readonly key: Key
    readonly value: Exclude<Flash[Key], undefined>
    /** The path of the page that shows it; `"*"` for whichever page is opened next. */
    readonly to: string
  }
}[keyof Flash & string]

/** What became of a request, and of the session. */
export interface Answer<Data extends object, Flash extends object> {
  /** The response's status: 303 for a redirect of an action, 404 for `notFound()`, 403 for `forbidden()`. */
  readonly status: number
  /** Where it leads: as `redirect()` was given it; undefined when it leads nowhere. */
  readonly redirectedTo: string | undefined
  /** Whether an action's redirect adds to the browser's history; undefined when there was none. */
  readonly redirectType: "push" | "replace" | undefined
  /** Every message that was flashed, in order. */
  readonly flashed: readonly FlashedMessage<Flash>[]
  /** Every message per field of the form that was sent back; `""` has those of the form as a whole. */
  readonly errors: Readonly<Record<string, readonly string[]>>
  /** What was typed, per field that is given back; a list for `name[]` and for a field sent several times. */
  readonly old: Readonly<Record<string, string | readonly string[]>>
  /** Which form was sent back; `""` for the only one of its page. */
  readonly bag: string
  readonly cookies: readonly SetCookie[]
  /** The session that the next request finds. */
  readonly session: {
    /** `""` when there is none. */
    readonly id: string
    readonly data: Partial<Data>
  }
}

/** What a call of an action came to. */
export interface ActionAnswer<Value, Data extends object, Flash extends object> extends Answer<Data, Flash> {
  /** What the action returned; undefined when it ended in another way. */
  readonly returned: Value | undefined
}

/** What a route handler answered. */
export interface RouteAnswer<Data extends object, Flash extends object> extends Answer<Data, Flash> {
  readonly response: Response
}
