const remembered = 50

/** Counts requests, and remembers of the last ones which command it was and how it ended. */
export function createStats() {
  let counts = { requests: 0, commands: 0, bytes: 0 }
  let last = []

  return {
    /** Begins an entry, to be completed while the request is served. */
    begin(bytes, response) {
      const entry = { command: null, bytes, executed: false, response }
      counts.requests += 1
      counts.bytes += bytes
      last = [...last, entry].slice(-remembered)
      return entry
    },
    executed(entry, commands) {
      entry.executed = true
      counts.commands += commands
    },
    /** Status 0: no answer, or none yet. */
    read() {
      const shown = ({ command, bytes, executed, response }) => {
        return { command, bytes, executed, status: response.headersSent ? response.statusCode : 0 }
      }
      return { ...counts, last: last.map(shown) }
    },
    reset() {
      counts = { requests: 0, commands: 0, bytes: 0 }
      last = []
    },
  }
}
