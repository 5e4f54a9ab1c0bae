/** What may be there at once. */
export type Awaitable<Value> = Value | Promise<Value>

/** A promise, or what a query builder gives for one. */
export function isThenable<Value>(value: Awaitable<Value>): value is Promise<Value> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function"
}

/**
 * Goes on with a value: at once when it is there, else when it comes. An `await` would do, but a server
 * that tracks its promises, as Next's does, pays for each as much as for reading a small session.
 */
export function andThen<Value, Result>(
  value: Awaitable<Value>,
  next: (value: Value) => Result,
): Awaitable<Result> {
  return isThenable(value) ? value.then(next) : next(value)
}
