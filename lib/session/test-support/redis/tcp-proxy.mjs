import { once } from "node:events"
import { connect, createServer } from "node:net"

/** Where the first command of the store begins; a client's handshake, which may stand before it, always passes. */
const ASKS = /\*\d+\r\n\$\d+\r\n(EVALSHA|EVAL|GET|DEL)\r\n/i

const refusals = {
  loading: "-LOADING Redis is loading the dataset in memory\r\n",
  readonly: "-READONLY You can't write against a read only replica.\r\n",
  moved: "-MOVED 3999 127.0.0.1:1\r\n",
  odd: "+OK\r\n",
}

/**
 * Stands before a Redis and fails as networks and servers do. A fault meets the store's commands, `times` of them or
 * all: `drop-before` and `drop-after` break the connection before the command was carried out or after, `hang` answers
 * nothing, `half-open` answers nothing on this connection ever again, `slow` answers after `milliseconds`; `loading`,
 * `readonly`, `moved` and `odd` are answers. One command at a time, as a client that waits sends them.
 *
 * @param {number} port Redis's
 */
export async function startTcpProxy(port) {
  let fault
  const sockets = new Set()
  const counts = { connections: 0, commands: 0 }

  const next = () => {
    const kind = fault
    if (fault?.times !== undefined && (fault.times -= 1) === 0) fault = undefined
    return kind ?? { kind: "none" }
  }

  const server = createServer((client) => {
    counts.connections += 1
    const redis = connect(port, "127.0.0.1")
    let isDead = false
    let answerLate = 0
    let dropsAnswer = false
    client.on("data", (data) => {
      if (isDead) return
      const start = data.toString("latin1").search(ASKS)
      if (start !== 0) redis.write(start === -1 ? data : data.subarray(0, start))
      if (start === -1) return
      counts.commands += 1
      const { kind, milliseconds } = next()
      answerLate = kind === "slow" ? milliseconds : 0
      if (kind === "drop-before") return void client.destroy()
      if (kind === "hang") return
      if (kind === "half-open") return void (isDead = true)
      if (kind in refusals) return void client.write(refusals[kind])
      if (kind === "drop-after") dropsAnswer = true
      redis.write(data.subarray(start))
    })
    redis.on("data", (data) => {
      if (dropsAnswer) return void client.destroy()
      if (answerLate === 0) return void client.write(data)
      setTimeout(() => client.write(data), answerLate)
    })
    for (const [socket, other] of [
      [client, redis],
      [redis, client],
    ]) {
      sockets.add(socket)
      socket.on("error", () => {})
      socket.on("close", () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  return {
    url: `redis://127.0.0.1:${server.address().port}`,
    counts,
    /** @param {{ kind: string, times?: number, milliseconds?: number } | undefined} given */
    setFault(given) {
      fault = given && { ...given }
      counts.commands = 0
    },
    /** Breaks every connection there is. */
    drop() {
      for (const socket of sockets) socket.destroy()
    },
    async close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
