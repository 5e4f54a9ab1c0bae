import { MAX_CACHED_CHARACTERS, MAX_CACHED_SEALS } from "../../core/limits"
import { LRUCache } from "lru-cache"

export interface SealCache<Value extends object> {
  get(seal: string): Value | undefined
  /** Keeps the value itself and makes it immutable, for every later request is given the same one. */
  set(seal: string, value: Value): void
  /** The same for a value that is made when it is first asked for; many a seal is never seen again. */
  setLater(seal: string, make: () => Value | undefined): void
}

interface Entry<Value> {
  value?: Value | undefined
  make?: (() => Value | undefined) | undefined
}

/**
 * What this process opened or sealed lately, by the seal. It makes the second page of a visit cost a
 * look-up instead of decryption. A seal is its own proof, so an entry cannot go stale; whether
 * the session in it has expired is checked at every load.
 *
 * @param now the clock, in milliseconds
 */
export function createSealCache<Value extends object>(now: () => number): SealCache<Value> {
  const entries = new LRUCache<string, Entry<Value>>({
    max: MAX_CACHED_SEALS,
    maxSize: MAX_CACHED_CHARACTERS,
    // What is sealed is about three quarters as long as its seal.
    sizeCalculation: (_entry, seal) => seal.length,
    ttl: 5 * 60 * 1000,
    ttlResolution: 0,
    perf: { now },
  })
  return {
    get(seal) {
      const entry = entries.get(seal)
      if (entry?.make === undefined) return entry?.value
      const made = entry.make()
      entry.make = undefined
      entry.value = made && deepFreeze(made)
      return entry.value
    },
    set: (seal, value) => void entries.set(seal, { value: deepFreeze(value) }),
    setLater: (seal, make) => void entries.set(seal, { make }),
  }
}

function deepFreeze<Value extends object>(value: Value): Value {
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) deepFreeze(part)
  return Object.freeze(value)
}
