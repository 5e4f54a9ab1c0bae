import type { Json } from "./json"

/**
 * A shape of which every part is JSON, as `setup` demands it: a Date, a Map or a function is refused
 * where it is declared and not only when it is stored. Interfaces, optional keys and unions are fine; so
 * is `unknown`, which is looked at when it is stored.
 */
export type JsonShape<Shape> = {
  [Key in keyof Shape]: JsonPart<Exclude<Shape[Key], undefined>> | Extract<Shape[Key], undefined>
}

/** Never the type of a value: the compiler's error shows the text. */
interface Refused<Why extends string> {
  readonly [why]: Why
}
declare const why: unique symbol

type JsonPart<Value> = unknown extends Value
  ? Value
  : // Also ends the recursion for `Json` itself. An interface is no `Json`: it has no index signature.
    Value extends Json
    ? Value
    : Value extends undefined
      ? Refused<"JSON has no undefined: make the key optional, or use null">
      : Value extends NotJson
        ? Refused<"not JSON: convert it, as date.toISOString() and Object.fromEntries(map) do">
        : JsonMembers<Value>

/** A member that is optional may be undefined, for then it is missing. */
type JsonMembers<Value> = {
  [Key in keyof Value]: Pick<Value, Key> extends Required<Pick<Value, Key>>
    ? JsonPart<Value[Key]>
    : JsonPart<Exclude<Value[Key], undefined>> | undefined
}

type NotJson =
  | bigint
  | symbol
  | ((...args: never) => unknown)
  | Date
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
