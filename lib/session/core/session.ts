import type { StandardSchemaV1 } from "@standard-schema/spec"
import type { FieldNames } from "./field-names"
import type { FormReader } from "./form-reader"

/** The names of a shape's keys. */
type Key<Shape> = keyof Shape & string

/** What can be stored under a key. An optional one may be missing, and undefined is no value. */
type Value<Shape, K extends keyof Shape> = Exclude<Shape[K], undefined>

/** The keys that can hold any number, and so a sum. */
type NumberKey<Shape> = {
  [K in Key<Shape>]-?: number extends Value<Shape, K> ? K : never
}[Key<Shape>]

/** What a server component can do with the session: read. */
export interface ReadonlySession<Data extends object, Flash extends object> extends FormReader {
  /** Opaque and stable across requests; `""` before anything was ever stored. */
  readonly id: string
  /** The value, or undefined when there is none. `""`, `0`, `false` and `null` are values. */
  get<K extends Key<Data>>(key: K): Data[K] | undefined
  /** Whether the key is present, whatever its value. */
  has(key: Key<Data>): boolean
  /** A snapshot: later writes do not show in it, and changing it changes nothing. */
  all(): Partial<Data>
  /** The message that arrived with this request, `""` when there is none. */
  getFlash<K extends Key<Flash>>(key: K): Value<Flash, K> | ""
  /** The message that arrived with this request, undefined when none was set. */
  getFlashOr<K extends Key<Flash>>(key: K): Flash[K] | undefined
  hasFlash(key: Key<Flash>): boolean
  /**
   * What one of several forms on a page gets back, by the `bag` its `validate` was given; without a
   * bag, the same as the session's own readers, but with the schema's field names checked:
   * `session.form<typeof Profile>()`.
   */
  form<Schema extends StandardSchemaV1 = StandardSchemaV1<unknown>>(
    bag?: string,
  ): FormReader<FieldNames<StandardSchemaV1.InferInput<Schema>>>
}

export interface FlashOptions {
  /** Deliver it at this path of the app instead of where the response leads. */
  to?: string
}

/** What an action, route handler or middleware can do with the session: read and write. */
export interface Session<Data extends object, Flash extends object> extends ReadonlySession<Data, Flash> {
  /**
   * Stores a value; the next read sees it.
   * @throws SessionError `SESSION_VALUE_NOT_JSON` when JSON cannot carry the value
   */
  put<K extends Key<Data>>(key: K, value: Value<Data, K>): void
  /** Removes a value. Removing what is not there is fine and writes nothing. */
  forget(key: Key<Data>): void
  /**
   * Reads a value and removes it. When two requests pull the same value from a store that several
   * requests reach at once (Redis, memory), the commit of one fails with `SESSION_ALREADY_PULLED`: nothing
   * it made of the value is kept. A cookie session cannot tell, and there both succeed.
   */
  pull<K extends Key<Data>>(key: K): Data[K] | undefined
  /**
   * Adds to a number, counting a missing one as 0, and returns the sum.
   * @throws SessionError `SESSION_VALUE_NOT_NUMBER` when something else is stored there
   */
  increment(key: NumberKey<Data>, by?: number): number
  /**
   * Leaves a message for the next page: where this response redirects to, the page this response
   * re-renders, `options.to`, or else whichever page the person opens next. It is shown once.
   * A text, a text with more (`RichMessage`), or other JSON, which the page reads by `getFlash`.
   * @throws SessionError `SESSION_VALUE_NOT_JSON`; `SESSION_MESSAGE_INVALID` when an action leads off the site;
   *   `SESSION_FLASH_TARGET_INVALID` when `to` is not a path of this app
   */
  flash<K extends Key<Flash>>(key: K, value: Value<Flash, K>, options?: FlashOptions): void
  /** Shows a message on the page this response renders, and never later. */
  now<K extends Key<Flash>>(key: K, value: Value<Flash, K>): void
  /** Sends messages that arrived with this request on to the next page: these keys, or all. */
  keep(...keys: Key<Flash>[]): void
  /** Gives the session a new id and kills the old one. Call it when somebody signs in. */
  regenerate(): void
  /** Wipes data and flash and kills the old id. A flash written afterwards is kept. */
  invalidate(): void
}
