import { checkOptions } from "../core/check-options"
import { SessionError } from "../core/errors"
import { printable } from "../core/printable"
import type { SetupOptions } from "./setup-options"

/**
 * Refuses options of `setup` that would be ignored, or fail in the middle of a request.
 *
 * @throws SessionError `SESSION_OPTIONS_INVALID`, naming the option
 */
export function checkSetup(options: SetupOptions): void {
  checkOptions("setup", options, {
    store: "any",
    cookieName: "text",
    idleSeconds: "any",
    absoluteSeconds: "any",
    flashSeconds: "any",
    prerenderedPaths: "texts",
    secretFields: "texts",
    visibleFields: "texts",
    allowedOrigins: "texts",
    onEvent: "function",
    now: "function",
  })
  if (options.cookieName !== undefined) refuseNoName(options.cookieName)
  options.allowedOrigins?.forEach(refuseNoHost)
}

function refuseNoName(cookieName: string): void {
  if (/^(?!__|flash_)[\w-]+$/.test(cookieName)) return
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `setup({ cookieName }) must consist of letters, digits, "_" and "-", and not begin with "__" or ` +
      `"flash_", which the kit uses itself. Choose such a name.`,
  )
}

/** A pattern that no host can match would refuse, one post after the other, the very site it was meant for. */
function refuseNoHost(pattern: string): void {
  if (/^(?:\*|[a-z0-9_-]+)(?:\.(?:\*|[a-z0-9_-]+))*(?::\d+)?$/i.test(pattern)) return
  if (/^\[[\da-f:.]+\](?::\d+)?$/i.test(pattern)) return
  throw new SessionError(
    "SESSION_OPTIONS_INVALID",
    `setup({ allowedOrigins }) lists hosts, such as "login.example.com" or "*.example.com", and ` +
      `"${printable(pattern)}" is none. Leave out scheme and path; write a name that is not ASCII as browsers send ` +
      `it ("xn--…").`,
  )
}
