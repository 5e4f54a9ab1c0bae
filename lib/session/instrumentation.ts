/**
 * Checks at server start what would otherwise fail at the first request. Re-export it from the
 * app's `instrumentation.ts`: `export { register } from "@/lib/session/instrumentation"`.
 *
 * @throws SessionError `SESSION_SECRET_MISSING`, `SESSION_SECRET_WEAK`
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return
  const { prepareSecret } = await import("./stores/prepare-secret.ts")
  prepareSecret()
}
