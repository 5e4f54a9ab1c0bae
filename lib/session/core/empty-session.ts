import { createFormReader } from "./form-reader"
import type { JsonObject } from "./json"
import type { Session } from "./session"

/**
 * A handle for where there is no request: reads return nothing, writes are ignored, nothing throws.
 * Source: glimr/session `empty`.
 */
export function emptySession<Data extends object = JsonObject, Flash extends object = JsonObject>(): Session<
  Data,
  Flash
> {
  const ignore = () => undefined
  const emptyForm = createFormReader("", ignore)
  const empty: Session<Record<string, never>, Record<string, never>> = {
    id: "",
    get: ignore,
    has: () => false,
    all: () => ({}),
    getFlash: () => "",
    getFlashOr: ignore,
    hasFlash: () => false,
    form: () => emptyForm,
    ...emptyForm,
    put: ignore,
    forget: ignore,
    pull: ignore,
    increment: (_key, by = 1) => by,
    flash: ignore,
    now: ignore,
    keep: ignore,
    regenerate: ignore,
    invalidate: ignore,
  }
  return empty as unknown as Session<Data, Flash>
}
