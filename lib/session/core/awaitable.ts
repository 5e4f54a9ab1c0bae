/** What may be there at once. */
export type Awaitable<Value> = Value | Promise<Value>

/** A promise, or what a query builder gives for one. */
export function isThenable<Value>(value: Awaitable<Value>): value is Promise<Value> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function"
}
