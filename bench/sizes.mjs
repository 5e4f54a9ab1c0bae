/** How much each scenario does. */
export const full = {
  updates: { sessions: 10, clientsEach: 20, operations: 50 },
  flash: { flashes: 50, takers: 200 },
  signOut: { sessions: 50, slowRequests: 20 },
  rotation: { sessions: 10, rounds: 10, writers: 10 },
  increments: { clients: 50, operations: 20 },
  lostAnswers: {
    dropEvery: 25,
    updates: { sessions: 5, clientsEach: 10, operations: 20 },
    increments: { clients: 50, operations: 10 },
  },
}

/** About a tenth of it, for the test command. */
export const short = {
  updates: { sessions: 5, clientsEach: 10, operations: 12 },
  flash: { flashes: 10, takers: 40 },
  signOut: { sessions: 5, slowRequests: 20 },
  rotation: { sessions: 5, rounds: 4, writers: 5 },
  increments: { clients: 20, operations: 5 },
  lostAnswers: {
    dropEvery: 15,
    updates: { sessions: 2, clientsEach: 5, operations: 10 },
    increments: { clients: 10, operations: 10 },
  },
}
