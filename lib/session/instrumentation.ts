import { SessionError } from "./core/errors"

/**
 * Checks at server start what the store that `setup` takes by itself needs. It cannot see which store
 * `setup` was given, so it warns and does not stop the server. The `register` that `setup` returns knows,
 * and stops it: call that one instead (docs/stores.md).
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return
  const [{ openStore }, { defaultStore }] = await Promise.all([
    import("./core/store"),
    import("./stores/default-store"),
  ])
  try {
    await openStore(defaultStore(Date.now)).prepare()
  } catch (error) {
    if (!(error instanceof SessionError)) throw error
    console.warn(
      `${error.message} This was checked without knowing which store setup() is given: if it is another ` +
        `one, nothing is missing. Let instrumentation.ts call the register() that setup() returns.`,
    )
  }
}
