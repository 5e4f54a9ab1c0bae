export function median(figures) {
  const sorted = figures.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Runs cases side by side: every round runs all of them, forwards and backwards in turn, so that what
 * else the machine does hits them alike. The first rounds warm up and do not count.
 *
 * @param cases functions by name; each answers the figure of one round
 * @returns figures by name, one per round
 */
export async function interleave(cases, rounds) {
  const names = Object.keys(cases)
  const figures = Object.fromEntries(names.map((name) => [name, []]))
  const warmUp = Math.ceil(rounds / 8)
  for (let round = -warmUp; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const figure = await cases[name]()
      if (round >= 0) figures[name].push(figure)
    }
  }
  return figures
}

/** The median of the ratios within each round, which is steadier than the ratio of medians. */
export function medianRatio(figures, base) {
  return median(figures.map((figure, round) => figure / base[round]))
}
