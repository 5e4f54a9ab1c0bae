/**
 * Checks at server start what would otherwise fail at the first request. Re-export it from the
 * app's `instrumentation.ts`: `export { register } from "@/lib/session/instrumentation"`.
 *
 * @throws SessionError `SESSION_SECRET_MISSING`, `SESSION_SECRET_WEAK`, and `SESSION_OPTIONS_INVALID` when
 *   only half of the Redis store's environment is set
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return
  const { hasUpstashEnvironment, upstashEnvironment } = await import("./stores/redis/environment.ts")
  if (hasUpstashEnvironment()) return void upstashEnvironment()
  const { prepareSecret } = await import("./stores/prepare-secret.ts")
  prepareSecret()
}
