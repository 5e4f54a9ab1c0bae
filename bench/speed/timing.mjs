import { interleave, median, medianRatio } from "./stats.mjs"

/** How often an operation must be done to take so long: timers and noise then weigh little. */
async function iterationsFor(run, milliseconds) {
  for (let count = 1; ; count *= 2) {
    const { wall } = await measured(run, count)
    if (wall * count > milliseconds * 250) return Math.max(1, Math.ceil((milliseconds * 1000) / wall))
  }
}

/** Microseconds per operation, on the clock and of processor time, the thread pool's included. */
async function measured(run, count) {
  const cpu = process.cpuUsage()
  const started = performance.now()
  await run(count)
  const wall = ((performance.now() - started) * 1000) / count
  const { user, system } = process.cpuUsage(cpu)
  return { wall, cpu: (user + system) / count }
}

/**
 * Times operations side by side.
 *
 * @param operations by name: functions that do it `count` times
 * @returns microseconds per operation, and how many times faster one is than another
 */
export async function timeOperations(operations, { rounds, milliseconds }) {
  const cases = {}
  for (const [name, run] of Object.entries(operations)) {
    const count = await iterationsFor(run, milliseconds)
    cases[name] = () => measured(run, count)
  }
  const collected = await interleave(cases, rounds)
  const figures = (name, kind) => collected[name].map((round) => round[kind])
  const microseconds = (name) => median(figures(name, "wall"))
  const timesFaster = (name, base, kind) => medianRatio(figures(base, kind), figures(name, kind))
  return {
    microseconds,
    /** One operation as a row of the results, next to the one it is compared with. */
    row: (name, base, about = {}) => ({
      name,
      ...about,
      microseconds: microseconds(name),
      ...(base && {
        against: base,
        baseMicroseconds: microseconds(base),
        times: timesFaster(name, base, "wall"),
        cpuTimes: timesFaster(name, base, "cpu"),
      }),
    }),
  }
}

/** A loop over something asynchronous, one after the other. */
export function oneByOne(operation) {
  return async (count) => {
    for (let at = 0; at < count; at += 1) await operation(at)
  }
}
