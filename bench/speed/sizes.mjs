/** How much each section does. The cache of opened seals has 500 entries: ten times as many people. */
export const full = {
  connections: 16,
  people: 5500,
  // Many short rounds: what disturbs one spoils two ratios at most, where a long one would be lost.
  pages: { rounds: 36, milliseconds: 500 },
  middleware: { rounds: 40, milliseconds: 500 },
  operations: { rounds: 9, milliseconds: 150 },
  redis: { pairs: 1500 },
  growth: { rounds: 5, milliseconds: 60, pairs: 200, stored: [100, 1000, 10_000, 100_000] },
  components: { rounds: 5, milliseconds: 1500, counts: [1, 10, 50, 200] },
}

/** Every section, too short to rely on the figures. */
export const quick = {
  connections: 16,
  people: 5500,
  pages: { rounds: 2, milliseconds: 300 },
  middleware: { rounds: 2, milliseconds: 300 },
  operations: { rounds: 2, milliseconds: 20 },
  redis: { pairs: 100 },
  growth: { rounds: 1, milliseconds: 10, pairs: 20, stored: [100, 1000] },
  components: { rounds: 1, milliseconds: 300, counts: [1, 200] },
}
