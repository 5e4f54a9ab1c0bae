/** A clock for tests: it stands still until it is moved. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now`. Usable without its object: `{ now: clock.now }`. */
  readonly now: () => number
  readonly advance: (seconds: number) => void
  readonly set: (milliseconds: number) => void
}

/** 2027-01-15T08:00:00Z: a whole second, so that seconds and milliseconds agree. */
const DEFAULT_START = 1_800_000_000_000

export function createClock(startMilliseconds: number = DEFAULT_START): Clock {
  let current = startMilliseconds
  return {
    now: () => current,
    advance: (seconds) => {
      current += seconds * 1000
    },
    set: (milliseconds) => {
      current = milliseconds
    },
  }
}
