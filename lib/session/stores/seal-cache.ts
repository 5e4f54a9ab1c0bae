import { LRUCache } from "lru-cache"

/**
 * What this process opened or sealed lately: the JSON a seal holds, by the seal. It makes the second
 * page of a visit cost a look-up instead of two key derivations. A seal is its own proof, so an entry
 * cannot go stale; whether the session in it has expired is checked at every load.
 *
 * @param now the clock, in milliseconds
 */
export function createSealCache(now: () => number): LRUCache<string, string> {
  return new LRUCache({
    max: 500,
    // Characters. 4 MB hold 500 sessions of the largest size a cookie can have.
    maxSize: 4_000_000,
    sizeCalculation: (json, seal) => json.length + seal.length,
    ttl: 5 * 60 * 1000,
    ttlResolution: 0,
    perf: { now },
  })
}
