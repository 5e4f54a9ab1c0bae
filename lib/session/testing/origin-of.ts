import { misused } from "./misused"

/**
 * Scheme and host of the app under test.
 *
 * @param option how the option is called, for the error
 * @throws SessionError `SESSION_TEST_MISUSED`
 */
export function originOf(baseURL = "http://localhost:3000", option: string): string {
  try {
    const { origin, protocol } = new URL(baseURL)
    if (protocol === "http:" || protocol === "https:") return origin
  } catch {}
  throw misused(`${option} is an address with its scheme, such as "http://localhost:3000".`)
}
