/** How much each section does. The cache of opened seals has 500 entries: ten times as many people. */
export const full = {
  connections: 16,
  people: 5500,
  // Many short rounds: each is off by a sixth or so, whatever its length, and only their number helps.
  pages: { rounds: 170, milliseconds: 80, alone: 1200 },
  middleware: { rounds: 200, milliseconds: 80, alone: 1200 },
  operations: { rounds: 9, milliseconds: 150 },
  redis: { pairs: 1500 },
  growth: { rounds: 5, milliseconds: 60, pairs: 200, first: 200, stored: [100, 1000, 10_000, 100_000] },
  hostile: { rounds: 9, warmUp: 2, bytes: 524_288, milliseconds: 30, isJudged: true },
  components: { rounds: 5, milliseconds: 1500, counts: [1, 10, 50, 200] },
}

/** Every section, too short to rely on the figures. */
export const quick = {
  connections: 16,
  people: 5500,
  pages: { rounds: 4, milliseconds: 80, alone: 10 },
  middleware: { rounds: 4, milliseconds: 80, alone: 10 },
  operations: { rounds: 2, milliseconds: 20 },
  redis: { pairs: 100 },
  growth: { rounds: 1, milliseconds: 10, pairs: 20, first: 5, stored: [100, 1000] },
  hostile: { rounds: 1, warmUp: 0, bytes: 2048, milliseconds: 1, isJudged: false },
  components: { rounds: 1, milliseconds: 300, counts: [1, 200] },
}
