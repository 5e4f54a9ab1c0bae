import type { Config } from "./config"

const CONFIGS = Symbol.for("next-session-kit.configs")

/** On `globalThis`: a test runner may evaluate the application's copy of this module and another for its own. */
function configs(): WeakMap<object, Config> {
  const shared = globalThis as { [CONFIGS]?: WeakMap<object, Config> }
  return (shared[CONFIGS] ??= new WeakMap())
}

/** Remembers what the functions that `setup` returns were made with, for `next-session-kit/testing`. */
export function linkToConfig<Kit extends object>(kit: Kit, config: Config): Kit {
  for (const part of Object.values(kit)) configs().set(part as object, config)
  return kit
}

/** What the functions in `exported` were made with: one configuration, for what one `setup` returned. */
export function configsOf(exported: object): Config[] {
  const found = Object.values(exported).map((part) =>
    typeof part === "function" ? configs().get(part) : undefined,
  )
  return [...new Set(found.filter((config) => config !== undefined))]
}
