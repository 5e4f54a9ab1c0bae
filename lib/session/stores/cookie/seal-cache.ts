import { MAX_CACHED_CHARACTERS, MAX_CACHED_SEALS } from "../../core/limits"
import { LRUCache } from "lru-cache"

export interface SealCache<Value extends object> {
  get(seal: string): Value | undefined
  /** Keeps the value itself and makes it immutable, for every later request is given the same one. */
  set(seal: string, value: Value): void
}

/**
 * What this process opened or sealed lately, by the seal. It makes the second page of a visit cost a
 * look-up instead of two key derivations. A seal is its own proof, so an entry cannot go stale; whether
 * the session in it has expired is checked at every load.
 *
 * @param now the clock, in milliseconds
 */
export function createSealCache<Value extends object>(now: () => number): SealCache<Value> {
  const entries = new LRUCache<string, Value>({
    max: MAX_CACHED_SEALS,
    maxSize: MAX_CACHED_CHARACTERS,
    // What is sealed is about three quarters as long as its seal.
    sizeCalculation: (_value, seal) => seal.length,
    ttl: 5 * 60 * 1000,
    ttlResolution: 0,
    perf: { now },
  })
  return {
    get: (seal) => entries.get(seal),
    set: (seal, value) => void entries.set(seal, deepFreeze(value)),
  }
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) deepFreeze(part)
  return Object.freeze(value)
}
