import type { ReadonlySession } from "../core/session"
import type { Config } from "../next/config"
import { configsOf } from "../next/kits"
import { misused } from "./misused"

/**
 * What an application's `setup()` returned, or the module that exports it: `import * as kit from
 * "@/app/session"`. Its other exports do not matter.
 */
export interface SessionKit<Data extends object, Flash extends object> {
  readonly getSession: () => Promise<ReadonlySession<Data, Flash>>
}

/**
 * @param kit see `SessionKit`
 * @param caller the function it was given to
 * @throws SessionError `SESSION_TEST_MISUSED`
 */
export function configOfKit(kit: object, caller: string): Config {
  const isObject = (typeof kit === "object" && kit !== null) || typeof kit === "function"
  const [config, another] = isObject ? configsOf(kit) : []
  if (config === undefined) {
    throw misused(
      `${caller}() was given nothing that setup() returned, so it knows neither the store nor the cookie. ` +
        `Pass the module that exports what setup() returned: import * as kit from "@/app/session".`,
    )
  }
  if (another !== undefined) {
    throw misused(
      `${caller}() was given functions of more than one setup(), and a visitor has one session of each. ` +
        `Pass what one setup() returned.`,
    )
  }
  return config
}
